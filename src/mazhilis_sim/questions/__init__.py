"""The questions people bring: what if, how close, how fair, who decides; each answered exactly where that is possible."""
