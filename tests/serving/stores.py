"""A store of the tests: changed and doubtful articles, copies, a dark site, hostile texts."""

from collections import Counter
from dataclasses import replace
from pathlib import Path

from newsspider.outputs.warc import WarcFiles
from newsspider.record import ArticleRecord
from newsspider.revisiting.accounts import SiteAccount
from newsspider.store.store import Store

HOSTILE = "</script><script>document.title='boom'</script><img src=x onerror=alert(1)>\u202e\"'{{7*7}}"
TEXT = (
    "The ferry sails again from the old harbour, said the harbour master on Monday morning. It had been laid up since "
    "the storm in January, when a wave broke two of its windows and the pump of the engine.\n\nThe first crossing "
    "carried forty passengers, two bicycles and a goat, whose owner had to pay for it in full. The company hopes for "
    "more of them in the summer, though not of goats, and has ordered a second boat from a yard in the north."
)
FERRY = "https://herald.example/ferry"
PAGE = (
    f"<html lang=en><head><title>Ferry back | Herald</title><meta name=author content='Ada Penhallow'></head><body>"
    f"<nav><a href=/a>News</a> <a href=/b>Sport</a></nav><article><h1>Ferry back</h1>"
    f"{''.join(f'<p>{paragraph}</p>' for paragraph in TEXT.split(chr(10) * 2))}"
    f"<p>Must read: <a href=/c>Bridge closed</a></p><script>document.title = 'boom'</script>"
    f"<a href='javascript:alert(1)'>Share</a></article></body></html>"
)
FETCHED = "2026-03-24T09:30:00+00:00"


def fill(database: str) -> None:
    """Fill a database."""
    ferry = ArticleRecord(
        url=FERRY,
        site="herald.example",
        title="Ferry back",
        authors=("Ada Penhallow",),
        body=TEXT,
        word_count=91,
        language="en",
        confidence=0.95,
        published="2026-03-24T09:00:00+01:00",
        fetched_at=FETCHED,
        provenance={"title": "markup", "authors": "meta", "published": "json-ld"},
    )
    copy = replace(ferry, url="https://post.example/ferry", site="post.example", title="The ferry is back")
    doubtful = ArticleRecord(
        url="https://post.example/x?a=javascript:alert(1)", site="post.example", title=HOSTILE, authors=(HOSTILE,),
        body=f"Short text about a bridge, {HOSTILE}", confidence=0.4, warnings=(HOSTILE,), source="javascript:alert(1)",
    )  # fmt: skip
    left_out = ArticleRecord(
        url="https://herald.example/sport",
        site="herald.example",
        kind="index",
        reason=f"many links {HOSTILE}",
        title=HOSTILE,
    )
    arabic = ArticleRecord(
        url="https://post.example/ar", site="post.example", title="عاد القارب إلى الميناء القديم", language="ar",
        body="قال مدير الميناء إن القارب سيعود يوم الاثنين.", confidence=0.93,
    )  # fmt: skip
    with Store(database) as store:
        first = store.start_run("crawl news", {})
        store.write([ferry, left_out])
        store.finish_run(first, {"article": 1, "index": 1}, 0, [SiteAccount(site="herald.example", new=1, lists=1)])
        second = store.start_run("crawl news", {})
        changed = replace(ferry, body=TEXT.replace("forty", "fifty"), fetched_at="2026-03-24T12:30:00+00:00")
        store.write([changed, copy, doubtful, arabic])
        dark = SiteAccount(site="dark.example", failed=Counter({"no such host": 2}), alarms=["dark: no such host"])
        store.finish_run(second, {"article": 4}, 3, [SiteAccount(site="post.example", new=3, lists=1), dark])


def keep_page(folder: Path) -> Path:
    """Write the ferry's page into a WARC file, as a crawl with NEWSSPIDER_WARC does, and return its folder."""
    files = WarcFiles(folder, "newsspider", 1 << 20)
    files.add(FERRY, "2026-03-24T12:30:00Z", 200, [("Content-Type", "text/html; charset=utf-8")], PAGE.encode())
    files.close()
    return folder
