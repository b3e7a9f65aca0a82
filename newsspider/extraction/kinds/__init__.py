"""What kind of page this is: a module a kind, the phrases and marks in tables beside them."""
