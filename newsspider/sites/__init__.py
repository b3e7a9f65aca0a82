"""Site profiles: the tables of `sites.toml`, and the defaults for sites without one."""
