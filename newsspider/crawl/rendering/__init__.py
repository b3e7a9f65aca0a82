"""Rendering in a crawl: the crawl fetches, a browser runs the scripts, for sites whose profile says `render = true`."""
