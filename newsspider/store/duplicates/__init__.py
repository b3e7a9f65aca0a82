"""Near-duplicates: sketches of texts, links between articles, and clusters of linked ones."""
