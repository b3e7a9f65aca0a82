"""Which requests are made, in which order, and when there are enough."""
