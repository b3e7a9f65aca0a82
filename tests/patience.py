"""How long a test waits. Apart from the rest, since the pool's workers import what their work's module imports."""

PATIENCE_SECONDS = 240  # what hangs longer will not end at all; the longest crawl takes fifteen on an idle machine
