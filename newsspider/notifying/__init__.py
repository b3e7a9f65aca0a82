"""Sending messages: alerts about crawls, and the new articles of watches."""
