"""The spiders: the base for spiders of single sites, and `news`."""
