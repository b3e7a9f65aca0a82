"""Making the model again, and measuring it: gold pages in, a model file and figures out."""
