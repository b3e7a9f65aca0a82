"""Visits to pages: what earlier runs know of an address, whether it is due, and what this visit found."""
