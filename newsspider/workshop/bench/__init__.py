"""What extraction costs: by stage, by page, in the pool and in a crawl."""
