"""The end of a crawl: why it ended, how it went on each site, and who is notified."""
