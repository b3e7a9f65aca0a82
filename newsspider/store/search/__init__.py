"""Full-text search: words as a person types them, and an index for each kind of database."""
