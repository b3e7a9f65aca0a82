"""The road of every record: honoured, counted, kept as an article or in quarantine, stored or written.

One step a file: first the step itself, which needs no crawler, then its Scrapy class. `road.py`
walks the steps for `newsspider extract` and `re-extract`; a crawl's settings name the Scrapy
classes. Scrapy is imported inside these, since the commands walk the same road without it.
"""
