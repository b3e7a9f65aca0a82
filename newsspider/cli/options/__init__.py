"""Options that several subcommands share; a file for each need, since some cost time to import."""
