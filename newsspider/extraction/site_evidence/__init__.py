"""A page beside its site's memory: what the page teaches, and what the memory says of the page."""
