"""Where records are kept: tables, migrations, writing, reading, search."""
