"""Archiving: pages are saved to WARC files, and removed again when they are too old."""
