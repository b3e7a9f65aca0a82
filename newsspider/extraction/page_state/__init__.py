"""Application state in a page's scripts (Next.js, Nuxt and others): decode it and find the article's text in it."""
