"""What a site repeats on its pages, and where it keeps its articles: a sample of its articles, learnt and kept."""
