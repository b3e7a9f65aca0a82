"""No password of a seed's address is kept."""

from pathlib import Path

from sqlalchemy import insert, text, update

from newsspider.record import ArticleRecord
from newsspider.revisiting.page_states import PageState
from newsspider.store.schema.tables import addresses, quarantine, runs, schema_version
from newsspider.store.store import Store
from newsspider.store.writing import AddressNews
from tests.revisiting.test_schedule import PLAN

NOON = "2026-03-24T12:00:00+00:00"
SEED = "https://ann:pilchard@herald.example/"
CUT = "https://herald.example/"
STATE = {"address": CUT, "url": CUT, "site": "herald.example", "role": "seed", "depth": 0, "failures": 0}


def test_password_of_a_seed_is_nowhere_in_the_database(database: str) -> None:
    record = ArticleRecord(url=CUT, kind="failed", reason="refused", source=SEED)
    with Store(database) as store:
        store.start_run("crawl news", {"url": SEED, "urls": f"{SEED} {SEED}a", "max_pages": "9"})
        found = [
            PageState(address=CUT, url=CUT, site="herald.example", role="seed", found_at=NOON, source=SEED, depth=0)
        ]
        store.write([record], AddressNews([], found, PLAN))
        with store._in_transaction() as connection:
            (given,) = connection.execute(runs.select()).mappings()
            assert given["arguments"] == {"url": CUT, "urls": f"{CUT} {CUT}a", "max_pages": "9"}
            assert connection.execute(quarantine.select()).mappings().one()["source"] == CUT
            assert connection.execute(addresses.select()).mappings().one()["source"] == CUT


def test_sources_that_are_files_stay_as_they_are() -> None:
    for source in ("saved/ann@herald.example/a.html", "x.zip#https/ann@herald.example.html", "https://a.example/@ann"):
        assert ArticleRecord(source=source).source == source


def test_passwords_of_earlier_runs_are_cut_when_the_database_is_opened(database: str) -> None:
    with Store(database) as store:
        store.write([ArticleRecord(url=CUT, kind="failed", reason="refused")])
        with store._in_transaction() as connection:
            connection.execute(update(quarantine).values(source=SEED))
            connection.execute(insert(addresses).values(**STATE, source=SEED))
            row = {"command": "crawl news", "started_at": "2026", "arguments": {"url": SEED}, "counts": {}}
            connection.execute(insert(runs).values(row))
            connection.execute(update(schema_version).values(version=7))
    with Store(database) as store, store._in_transaction() as connection:
        for table in ("runs", "quarantine", "addresses"):
            assert "pilchard" not in str(connection.execute(text(f"SELECT * FROM {table}")).all())
        file = store.file
    assert file is None or b"pilchard" not in Path(file).read_bytes()
