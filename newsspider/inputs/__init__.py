"""Saved pages from whatever holds them: files, folders, archives, tables, standard input; one at a time, on no disk.

`reading.py` is the way in: `paths.py` finds the files, `detecting.py` says by their first bytes
what they are, `file_reader.py` reads each by its format; below it stands a module for each.
"""
