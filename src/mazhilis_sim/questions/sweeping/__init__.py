"""One number of the law from end to end: what can be swept, counted at many values, and cut into pieces with the same seats."""
