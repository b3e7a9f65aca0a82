"""Trials of what changes a store that is there: its migration from the first schema, and re-extraction."""

import os
import random
import shutil
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sqlalchemy import create_engine, select

from newsspider.store import dialects
from newsspider.store.database import database_url
from newsspider.store.schema.migrations import MIGRATIONS
from newsspider.store.schema.tables import schema_version
from newsspider.store.store import Store
from tests.archives import response
from tests.killing.trial import (
    NEWSSPIDER,
    STORED,
    Broken,
    Trial,
    check_database,
    committed_in,
    make_records,
)
from tests.old_stores import drop_tables, make_first_version

OPENING = """
import sys, pathlib
from newsspider.store.store import Store
pathlib.Path(sys.argv[2]).touch()
Store(sys.argv[1]).close()
"""
MIGRATING_SECONDS = 0.3  # about as long as it takes
PAGES = 150
WORDS = "harbour ferry tram council budget storm bridge market school river pilot strike museum garden".split()


def migrate_trial(folder: Path, database: str) -> Trial:
    """Return the opening of a store of the first schema; after each kill it must be of the first or of the last."""
    marker = folder / f"migrating-{database_url(database).get_backend_name()}"
    _make_old(database)

    def check(_: Mapping[str, str]) -> None:
        if (version := _version_of(database)) not in (1, len(MIGRATIONS)):
            raise Broken(f"{database}: left at schema version {version}")
        check_whole()
        _make_old(database)
        marker.unlink(missing_ok=True)

    def check_whole() -> None:
        """Open the store, which migrates it, and see that all is there."""
        with Store(database) as store:
            titles = {record.title for record in store.read()}
            found = len(store.search("story", 2 * STORED))
        if titles != {f"Story {number}" for number in range(STORED)} or found != STORED:
            raise Broken(f"{database}: {len(titles)} articles, {found} of them found by a search")
        if _version_of(database) != len(MIGRATIONS):
            raise Broken(f"{database}: opened and not migrated")

    words = [sys.executable, "-c", OPENING, database, str(marker)]
    return Trial(words, MIGRATING_SECONDS, dict, check, check_whole, os.environ, marker.exists)


def re_extract_trial(folder: Path) -> Trial:
    """Return a re-extraction of kept pages over the records that an earlier version made of them."""
    database, stored, warc = folder / "again.db", folder / "before.db", folder / "pages.warc"
    warc.write_bytes(b"".join(map(_kept_page, range(PAGES))))
    old = [
        replace(record, fetched_at="2026-03-24T09:30:00+00:00", body="Also read: Tram.", extraction_version="1")
        for record, _ in zip(make_records(), range(PAGES), strict=False)
    ]
    with Store(str(stored)) as store:
        store.write(old)
    shutil.copy(stored, database)
    keys = committed_in(database).keys()

    def check(_: Mapping[str, str]) -> None:
        check_database(database)
        if committed_in(database).keys() != keys:
            raise Broken("re-extraction lost or doubled records")
        with Store(str(database)) as store:
            bodies = [(record.body or "", record.extraction_version) for record in store.read()]
        if any((body == "Also read: Tram.") != (version == "1") for body, version in bodies):
            raise Broken("a record is half of the old and half of the new")

    def finish() -> None:
        check({})
        with Store(str(database)) as store:
            left = [record.url for record in store.read() if record.extraction_version == "1"]
        if left:
            raise Broken(f"{len(left)} records were not extracted again")

    words = [NEWSSPIDER, "re-extract", str(warc), "--db", str(database), "--workers", "1"]
    return Trial(words, 5.0, lambda: committed_in(database), check, finish, os.environ)


def _kept_page(number: int) -> bytes:
    """Return the WARC record of a page."""
    chance = random.Random(number)
    text = " ".join(chance.choices(WORDS, k=200))
    page = f"<title>Story {number}</title><article><h1>Story {number}</h1><p>The {text}.</p></article>"
    return response(f"https://herald.example/{number}", page.encode())


def _make_old(database: str) -> None:
    """Make a store of the first schema in the place of what is there."""
    _drop_all(database)
    make_first_version(database, *make_records())


def _drop_all(database: str) -> None:
    """Take out a SQLite file, or a server's tables."""
    url = database_url(database)
    if url.get_backend_name() == "sqlite":
        for path in Path(database).parent.glob(f"{Path(database).name}*"):
            path.unlink()
        return
    engine = create_engine(url)
    with engine.begin() as connection:
        drop_tables(connection)
    engine.dispose()


def _version_of(database: str) -> int:
    """Return the version of a store's schema, as it lies there."""
    url = database_url(database)
    engine = create_engine(url, **dialects.engine_options(url.get_backend_name()))
    with engine.connect() as connection:
        version = int(connection.execute(select(schema_version.c.version)).scalar_one())
    engine.dispose()
    return version
