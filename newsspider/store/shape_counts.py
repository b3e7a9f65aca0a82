"""The kinds of a site's pages, counted by the shapes of their addresses."""

from collections import Counter
from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from newsspider.address_shapes import shapes_of
from newsspider.kinds import ARTICLE_KINDS, TELLING_KINDS
from newsspider.store.dialects import upsert
from newsspider.store.schema.tables import addresses, shapes

# Of a database that had pages before it counted them; each site gets its share
MAX_PAGES_COUNTED = 100_000
MAX_SITE_PAGES = 1_000  # enough, however many a site has


def read_shapes(connection: Connection, site: str, limit: int) -> list[tuple[str, int, int]]:
    """Return (shape, pages, articles) of a site, the most frequent shapes first."""
    query = select(shapes.c.shape, shapes.c.pages, shapes.c.articles).where(shapes.c.site == site)
    rows = connection.execute(query.order_by(shapes.c.pages.desc(), shapes.c.shape).limit(limit))
    return [(row.shape, row.pages, row.articles) for row in rows]


def add_shapes(connection: Connection, read: Iterable[tuple[str, str, str]]) -> None:
    """Count pages that were read for the first time: (site, address, kind) of each."""
    pages: Counter[tuple[str, str]] = Counter()
    articles: Counter[tuple[str, str]] = Counter()
    for site, address, kind in read:
        if kind not in TELLING_KINDS:
            continue
        for shape in shapes_of(address):
            pages[site, shape] += 1
            articles[site, shape] += kind in ARTICLE_KINDS
    if not pages:
        return

    rows = []
    for (site, shape), number in sorted(pages.items()):
        counts = {"pages": number, "articles": articles[site, shape]}
        rows.append({"site": site, "shape": shape, **counts})
    statement = upsert(connection, shapes)
    added = {name: shapes.c[name] + statement.excluded[name] for name in ("pages", "articles")}
    connection.execute(
        statement.on_conflict_do_update(index_elements=["site", "shape"], set_=added), rows
    )


def count_known(connection: Connection) -> None:
    """Count the known pages of a database that was written before it counted them."""
    sites = list(connection.execute(select(addresses.c.site).distinct()).scalars())
    most = min(MAX_SITE_PAGES, MAX_PAGES_COUNTED // max(1, len(sites)))
    for site in sites:
        query = select(addresses.c.site, addresses.c.address, addresses.c.kind).where(
            addresses.c.site == site,
            addresses.c.kind.is_not(None),
            func.length(addresses.c.site) > 0,
        )
        add_shapes(connection, [tuple(row) for row in connection.execute(query.limit(most))])
