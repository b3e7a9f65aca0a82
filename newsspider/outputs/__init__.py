"""Records to files, standard output or the store."""
