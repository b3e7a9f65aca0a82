"""`newsspider crawl`: the crawl of `scrapy crawl news` from any folder, with a view of how it goes."""
