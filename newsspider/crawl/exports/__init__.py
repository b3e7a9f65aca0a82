"""Scrapy's feed exports (-O, -o, FEEDS), safe for spreadsheets and for full disks."""
