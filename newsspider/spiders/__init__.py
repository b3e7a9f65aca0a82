"""The spiders: what to fetch, in which order, and what becomes of each response."""
