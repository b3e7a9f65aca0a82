"""`newsspider crawl`: the spider of `scrapy crawl news` from any folder, with progress."""
