"""Find an article's title, and the site's name that may be part of a declared title."""
