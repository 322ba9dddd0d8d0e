"""The least change that brings something about: ways on which one number of an election moves, and the search along them."""
