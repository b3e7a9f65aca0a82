"""`newsspider worker`: several processes and machines crawl the sites of one list into one PostgreSQL database."""
