"""When an address is looked at again, what changed since, and how a run is told: no store, no network."""
