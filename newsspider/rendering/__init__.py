"""Rendering: run a page's scripts in a browser that has no network of its own.

The caller brings the document and answers the requests of its scripts. The modules beside `exchange` need playwright,
an extra, and are imported when the first page is to be rendered. scrapy-playwright is not used: its handler lets the
browser connect by itself, past the crawl's guard, and leaves fetching the document, redirects and
conditional requests to it; its interception of requests is private, and its browser starts with every crawl.
"""
