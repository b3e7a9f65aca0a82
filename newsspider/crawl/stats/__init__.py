"""Figures about the crawl itself."""
