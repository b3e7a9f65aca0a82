"""Rendering: pages after their scripts have run, in a browser without a network.

The caller provides the document and answers the requests of its scripts. All modules except
`exchange` need playwright, an extra, and are imported when the first page is rendered.

scrapy-playwright is not used: its browser connects by itself, past the guard of the crawl, and also
fetches the document, its redirects and conditional requests. Its interception of requests is
private, and its browser starts with every crawl.
"""
