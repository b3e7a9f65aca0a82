"""A page whose confidence says whether trafilatura was asked about it."""

from pathlib import Path

from newsspider.pages.raw_page import RawPage

PATH = Path(__file__).parents[1] / "fixtures" / "pages" / "tagdiv-teasers-in-body" / "page.html"
URL = "https://herald.example/2026/03/24/ferry-sails-again"
RAW = RawPage(body=PATH.read_bytes(), url=URL, source=str(PATH))
