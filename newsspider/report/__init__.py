"""The report: one self-contained page about the sites, runs and articles of a store."""
