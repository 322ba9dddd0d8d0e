"""The rules, one frozen object per version of the law, each number with its article."""
