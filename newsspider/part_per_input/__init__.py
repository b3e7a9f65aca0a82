"""One output file per input file, each complete or absent: the unit of work for schedulers and clusters."""

LOCAL = "local"  # in place of a cluster's address: a cluster of this machine's cores, for one run
PARQUET = "parquet"  # the format of parts where none is named
