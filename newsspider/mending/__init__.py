"""Corrections of a site's records by the user's own Python (`@for_site`), and their import."""
