"""Find an article's authors and the news agencies it is from."""
