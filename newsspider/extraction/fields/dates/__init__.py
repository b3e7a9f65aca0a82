"""Find when an article was published and modified."""
