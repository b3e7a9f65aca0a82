"""Crawl sites, then write a briefing: the new articles that contain one of your words, as Markdown.

    python briefing.py https://harbour-herald.example --words ferry "flood wall" -o briefing.md

Further options, such as --max-pages 40, go to `newsspider crawl`.
"""

import argparse
import subprocess
import sys
from datetime import date
from pathlib import Path

import newsspider

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("sites", nargs="+", help="front pages of the sites")
parser.add_argument("--words", nargs="+", required=True, help="words to look for; several in quotes are a phrase")
parser.add_argument("--db", type=Path, default="news.db", help="the database (default: %(default)s)")
parser.add_argument("-o", "--output", type=Path, default="briefing.md", help="the file (default: %(default)s)")
options, for_crawl = parser.parse_known_args()


def find_articles() -> dict[str | None, newsspider.ArticleRecord]:
    """Return the articles that contain one of the words, by their addresses."""
    if not options.db.exists():
        return {}
    with newsspider.open_store(options.db) as store:
        searches = [store.search(f'"{words}"', limit=10_000) for words in options.words]
        return {record.url: record for found in searches for record in found}


known = find_articles()
crawl = [sys.executable, "-m", "newsspider", "crawl", *options.sites, "--db", options.db, *for_crawl]
if (code := subprocess.run(crawl, check=False).returncode) > 1:  # 1: some pages failed, all others are stored
    sys.exit(code)
new = [record for url, record in find_articles().items() if url not in known]
lines = [f"- [{each.title}]({each.url}), {each.site}, {each.published_day}" for each in new]
options.output.write_text("\n".join([f"# Briefing of {date.today()}", "", *lines, ""]), "utf-8")
print(f"{len(new)} new articles in {options.output}")
