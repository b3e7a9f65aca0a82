"""Whether and how a record is kept, one concern a file; settings name the pipelines as strings."""
