"""The cost of extraction: by stage, by page, in the pool and in a crawl."""
