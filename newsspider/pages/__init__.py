"""Web pages: raw bytes with their address, decoded text, parsed tree; the links and wishes a page declares itself."""
