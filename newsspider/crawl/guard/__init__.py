"""The guard: where a request may go and what an answer may cost, whoever chose its address."""
