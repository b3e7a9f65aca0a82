"""The schema of a store: tables, views, and the migrations from earlier versions."""
