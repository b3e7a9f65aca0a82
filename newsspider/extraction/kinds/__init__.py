"""Judge a page's kind: one module per kind, with tables of phrases and marks."""
