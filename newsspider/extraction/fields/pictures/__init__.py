"""Find an article's pictures with their captions and credits."""
