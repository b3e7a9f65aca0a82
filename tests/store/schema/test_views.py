"""Views for other tools, on both databases."""

from collections import Counter

from sqlalchemy import create_engine, text

from newsspider.record import ArticleRecord
from newsspider.revisiting.accounts import SiteAccount
from newsspider.store.database import database_url
from newsspider.store.schema.views import OPENING_CHARS, create_views
from newsspider.store.store import Store


def rows_of(database: str, view: str) -> list[dict[str, object]]:
    engine = create_engine(database_url(database))
    with engine.connect() as connection:
        rows = [dict(row) for row in connection.execute(text(f"SELECT * FROM {view}")).mappings()]
    engine.dispose()
    return rows


def test_articles_read_from_left_to_right(database: str) -> None:
    with Store(database) as store:
        store.write(
            [
                ArticleRecord(
                    kind="article",
                    url="https://herald.example/a",
                    site="herald.example",
                    title="Ferry",
                    published="2026-03-24T10:00:00+01:00",
                    body="The ferry sails. " * 100,
                    word_count=300,
                )
            ]
        )
    (row,) = rows_of(database, "articles_readable")
    assert list(row)[:6] == ["day", "title", "site", "authors", "words", "opening"]
    assert (row["day"], row["title"], row["words"]) == ("2026-03-24", "Ferry", 300)
    assert len(str(row["opening"])) == OPENING_CHARS


def test_runs_have_numbers_as_columns(database: str) -> None:
    account = SiteAccount(
        site="herald.example",
        new=3,
        listed=9,
        failed=Counter({"HTTP 404": 2, "no such host": 1}),
        alarms=["dark: x", "y"],
    )
    with Store(database) as store:
        store.finish_run(store.start_run("crawl news", {}), {}, 0, [account, SiteAccount(site="post.example")])
    herald, post = sorted(rows_of(database, "runs_by_site"), key=lambda row: str(row["site"]))
    assert (herald["new"], herald["listed"], herald["failed"]) == (3, 9, 3)
    assert herald["problems"] == "dark: x; y"
    assert (post["new"], post["failed"], post["problems"]) == (0, 0, None)


def test_views_can_be_made_again(database: str) -> None:
    Store(database).close()
    engine = create_engine(database_url(database))
    with engine.begin() as connection:
        create_views(connection)
    engine.dispose()
    assert rows_of(database, "articles_readable") == []
