"""The workshop: training the model and measuring speed. No page passes through here."""
