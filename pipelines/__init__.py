"""The way of every record: honoured, counted, sorted by kind, stored or written.

One step per file: first the step itself, which needs no crawler, then its Scrapy class.
`record_steps.py` runs the steps for `newsspider extract` and `re-extract`; the settings of a crawl
name the Scrapy classes. Scrapy is imported inside these, since the commands run the same steps without it.
"""
