"""newsspider for Python programs and notebooks: one page, many pages, a database, a data frame."""
