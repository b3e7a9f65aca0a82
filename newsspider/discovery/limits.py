"""The limits for one feed or sitemap, each with its source."""

# Decompressed; sitemaps.org allows a sitemap 50 MB, and no feed comes near it
MAX_BYTES = 50 * 1024 * 1024
# sitemaps.org allows a sitemap so many; further ones are left out, and that is said
MAX_ENTRIES = 50_000
# Taken of an index, newest first: a day each for five years; sitemaps.org allows 50,000
MAX_SITEMAPS = 2_000
# In which the root element must stand: comments and licences stand before it
SNIFF_BYTES = 64 * 1024
MAX_URL_CHARS = 2_000  # longer addresses are traps; the crawl's URLLENGTH_LIMIT refuses them too
# Of a title or summary; some feeds put the whole article there, and requests wait in memory
MAX_HINT_CHARS = 2_000
# So many entries modified in one second say when the file was made, not when its pages were
SAME_MOMENT_ENTRIES = 10
