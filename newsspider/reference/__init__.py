"""The generated parts of docs/reference: `python -m newsspider.reference` writes them."""
