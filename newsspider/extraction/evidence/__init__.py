"""Evidence about each block: one column per feature, one row per block."""
