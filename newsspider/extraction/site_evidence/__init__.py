"""A page beside its site's memory: its observation, the memory's verdicts on it, and its wrapper."""
