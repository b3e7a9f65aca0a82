"""Later visits to an address: when, with which changes, and the account of a run."""
