"""Crawl sites, then write a briefing: the new articles that contain one of your words, as Markdown.

    python briefing.py https://harbour-herald.example --words ferry "flood wall" -o briefing.md

Further options, such as --max-pages 40, go to `newsspider crawl`.
"""

import argparse
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import newsspider

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("sites", nargs="+", help="front pages of the sites")
parser.add_argument("--words", nargs="+", required=True, help="words to look for; several in quotes are a phrase")
parser.add_argument("--db", default="news.db", help="the database (default: %(default)s)")
parser.add_argument("-o", "--output", type=Path, default="briefing.md", help="the file (default: %(default)s)")
options, for_crawl = parser.parse_known_args()

began = datetime.now(UTC).isoformat(timespec="seconds")
crawl = [sys.executable, "-m", "newsspider", "crawl", *options.sites, "--db", options.db, *for_crawl]
if (code := subprocess.run(crawl, check=False).returncode) > 1:  # 1: some pages failed, all others are stored
    sys.exit(code)

with newsspider.open_store(options.db) as store:
    found = {record.url: record for words in options.words for record in store.search(f'"{words}"', limit=200)}
new = [record for record in found.values() if (record.first_seen or "") >= began]

lines = [f"- [{record.title}]({record.url}), {record.site}, {record.published_day}" for record in new]
options.output.write_text("\n".join([f"# Briefing of {began}", "", *lines, ""]), "utf-8")
print(f"{len(new)} new articles in {options.output}")
