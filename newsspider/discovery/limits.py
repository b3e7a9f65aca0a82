"""What one feed or sitemap may cost, and how much of it is taken: every number of reading them, with its source."""

MAX_BYTES = 50 * 1024 * 1024  # decompressed; sitemaps.org allows a sitemap 50 MB, and no feed comes near it
MAX_ENTRIES = 50_000  # sitemaps.org allows a sitemap so many; further ones are left out, and that is said
MAX_SITEMAPS = 2_000  # taken of an index, newest first: a day each for five years; sitemaps.org allows 50,000
SNIFF_BYTES = 64 * 1024  # in which the root element must stand: comments and licences stand before it
MAX_URL_CHARS = 2_000  # longer addresses are traps; the crawl's URLLENGTH_LIMIT refuses them too
MAX_HINT_CHARS = 2_000  # of a title or summary; some feeds put the whole article there, and requests wait in memory
SAME_MOMENT_ENTRIES = 10  # so many entries modified in one second say when the file was made, not when its pages were
