"""Where the database is."""

import os

ENVIRONMENT_VARIABLE = "NEWSSPIDER_DATABASE"
DEFAULT_DATABASE = "news.db"


def choose_database(given: str | None = None, setting: str | None = None) -> str:
    """Return the database to use: the one given, else the environment's, else the setting, else ./news.db."""
    return given or os.environ.get(ENVIRONMENT_VARIABLE) or setting or DEFAULT_DATABASE
