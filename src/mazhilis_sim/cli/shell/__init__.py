"""What all commands share: options, sources, targets, the screen, waiting, and how every way to end is said."""
