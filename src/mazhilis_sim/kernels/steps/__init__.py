"""Scalar steps that loops are made of: bits, elementary functions, random words, the law, gammas."""
