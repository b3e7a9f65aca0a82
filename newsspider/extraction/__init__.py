"""What a page holds: body, fields and kind."""
