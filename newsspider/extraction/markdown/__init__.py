"""The kept blocks as Markdown."""
