"""Print the articles of pages: saved ones, in folders and archives, and addresses to fetch."""

import argparse

import newsspider

parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("pages", nargs="+", help="files, folders, archives, addresses")
for record in newsspider.extract_many(parser.parse_args().pages, ordered=True):
    print(f"{record.title} ({record.kind}, {record.published_day or 'no date'})")
    print(record.body or record.reason, end="\n\n")
