"""What runs around a spider: the Scrapy components and the state of one crawl, a folder for each concern."""
