"""How each site is asked: delay, concurrency, robots.txt, Retry-After and the site's profile."""
