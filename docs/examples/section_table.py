"""Write the articles of a section as a table (CSV) that a spreadsheet opens.

    newsspider crawl https://harbour-herald.example
    python section_table.py Politics -o politics.csv

The articles come from the database of a crawl.
"""

import argparse
import csv
import sys
from pathlib import Path

import newsspider

COLUMNS = ("published_day", "title", "authors", "word_count", "description", "url")


def cell_of(value: object) -> str:
    text = "; ".join(value) if isinstance(value, tuple) else str(value or "")
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text  # a spreadsheet would run it as a formula


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("section", help="the section's name as the pages give it")
parser.add_argument("-o", "--output", type=Path, default="section.csv", help="the table (default: %(default)s)")
parser.add_argument("--db", default="news.db", help="the database (default: %(default)s)")
options = parser.parse_args()

try:
    with newsspider.open_store(options.db) as store:
        articles = [article for article in store.articles() if article.section == options.section]
except newsspider.StoreError as error:
    sys.exit(str(error))

rows = [[cell_of(getattr(article, column)) for column in COLUMNS] for article in articles]
with options.output.open("w", encoding="utf-8-sig", newline="") as file:  # Excel needs the mark of utf-8-sig
    csv.writer(file).writerows([COLUMNS, *sorted(rows, reverse=True)])
print(f"{len(rows)} articles in {options.output}")
