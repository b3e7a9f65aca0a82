"""Evidence about each block: a column a feature, a row a block."""
