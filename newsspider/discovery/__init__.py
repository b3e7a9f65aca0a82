"""Where articles may be. Nothing here fetches: the spiders do."""
