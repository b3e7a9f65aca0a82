"""Telling people: alerts about crawls, and what is new for a watch."""
