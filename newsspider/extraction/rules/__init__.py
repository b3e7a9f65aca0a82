"""Rules that overrule the model: each drops or keeps blocks for a reason that `why` shows."""
