"""Extract a page's body, fields and kind."""
