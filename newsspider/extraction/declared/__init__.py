"""Data that a page declares for machines: JSON-LD, microdata and RDFa, meta elements."""
