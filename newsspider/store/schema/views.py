"""Views for people who open the database with other tools: Datasette, a SQL client, a notebook.

A step of `migrations.py` makes them, so a view that has been released is not changed here: a new step replaces it.
"""

from sqlalchemy import Connection

OPENING_CHARS = 300  # of a body, enough to show its subject
_ARTICLES_READABLE = f"""
SELECT substr(coalesce(published, first_seen), 1, 10) AS day, title, site, authors, word_count AS words,
    substr(body, 1, {OPENING_CHARS}) AS opening, language, kind, url, id
FROM articles
"""
# How each database reads an account's JSON: a number, the sum of an object's numbers, a list as text.
_NUMBER = {"sqlite": "json_extract(account, '$.{0}')", "postgresql": "(account->>'{0}')::integer"}
_SUM = {
    "sqlite": "(SELECT coalesce(sum(value), 0) FROM json_each(account, '$.{0}'))",
    "postgresql": "(SELECT coalesce(sum(value::integer), 0) FROM json_each_text(account->'{0}'))",
}
_LIST = {
    "sqlite": "(SELECT group_concat(value, '; ') FROM json_each(account, '$.{0}'))",
    "postgresql": "(SELECT string_agg(value, '; ') FROM json_array_elements_text(account->'{0}'))",
}
_NUMBERS = ("new", "changed", "unchanged", "seen", "listed", "lists", "lists_unchanged")
_SUMS = ("failed", "quarantined")


def create_views(connection: Connection) -> None:
    """Make the views, in the place of earlier ones."""
    for name, query in (
        ("articles_readable", _ARTICLES_READABLE),
        ("runs_by_site", _runs_by_site(connection.dialect.name)),
    ):
        connection.exec_driver_sql(f"DROP VIEW IF EXISTS {name}")
        connection.exec_driver_sql(f"CREATE VIEW {name} AS {query}")


def _runs_by_site(dialect: str) -> str:
    """Return the query for a row per run and site, with the account's numbers as columns."""
    columns = [
        "site",
        "run",
        "finished_at",
        *(f"{_NUMBER[dialect].format(name)} AS {name}" for name in _NUMBERS),
        *(f"{_SUM[dialect].format(name)} AS {name}" for name in _SUMS),
        f"{_LIST[dialect].format('alarms')} AS problems",
    ]
    return f"SELECT {', '.join(columns)} FROM accounts"
