"""Profiles of sites: what `sites.toml` says of each, and of a seed that has none."""
