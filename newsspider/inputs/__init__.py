"""Saved pages from files, folders, archives, tables and standard input; one at a time.

Nothing is unpacked to disk. `reading.py` is the entry point: `paths.py` finds the files,
`detecting.py` detects their formats by their first bytes, `file_reader.py` reads each of them. Each
format has a module of its own.
"""
