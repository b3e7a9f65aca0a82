"""Web pages: bytes and their address, decoded text, parsed tree, and an article's parts."""
