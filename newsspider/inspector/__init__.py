"""The page that `newsspider why --html` writes: records and blocks to look at and correct in a browser."""
