"""Articles as they were before they changed, read back."""

from sqlalchemy import Connection, select

from newsspider.record import ArticleRecord
from newsspider.store.articles import read_articles
from newsspider.store.schema.tables import aliases, versions


def read_versions(connection: Connection, address: str) -> list[ArticleRecord]:
    """Return an article as it was and is, oldest first, by its key or an alias of it; none if it is not there."""
    alias = connection.execute(select(aliases.c.page).where(aliases.c.address == address)).scalar()
    for key in (address, alias):
        if key and (now := read_articles(connection, [key]).get(key)):
            query = (
                select(versions.c.record).where(versions.c.key == key).order_by(versions.c.version)
            )
            return [*map(ArticleRecord.from_dict, connection.execute(query).scalars()), now]
    return []
