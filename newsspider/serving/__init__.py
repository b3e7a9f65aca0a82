"""The server: pages for people and an HTTP API over a store."""
