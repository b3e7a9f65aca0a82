"""Decode the application state in a page's scripts, and find the article's text in it."""
