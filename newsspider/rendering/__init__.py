"""Rendering: what a page is when its scripts have run, in a browser that has no network of its own.

Whoever renders brings the document and answers what its scripts ask for. The modules beside `exchange` need playwright,
an extra, and are imported when the first page is to be rendered. scrapy-playwright is not used: its handler lets the
browser connect by itself, past the crawl's guard, and leaves fetching the document, redirects and
conditional requests to it; its interception of requests is private, and its browser starts with every crawl.
"""
