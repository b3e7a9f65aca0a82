"""newsspider for Python programs and notebooks: pages, databases and data frames."""
