"""A sample of each site's articles: the text that the site repeats, and the places of its bodies."""
