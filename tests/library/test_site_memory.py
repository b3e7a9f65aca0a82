"""Python code uses the memories that crawls have left in a database."""

from pathlib import Path

import pytest

from newsspider import RawPage, StoreError, UsageError, extract_many, parse_page
from newsspider.extraction.article import read_article
from newsspider.store.store import Store
from tests.repeating_newspaper import closing_of, make_article, path_of

HOST = "http://county-journal.example"


def page_of(number: int) -> RawPage:
    return RawPage(body=make_article(number, HOST).encode(), url=f"{HOST}{path_of(number)}")


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("memory") / "news.db"
    pages = [page_of(number) for number in range(24)]
    taught = [read_article(parse_page(page.body, page.url), "never").observation for page in pages]
    with Store(str(path)) as store:
        store.learn([each for each in taught if each])
    return path


@pytest.mark.parametrize("wrappers", [False, True])
def test_extract_many_drops_what_a_site_repeats(database: Path, wrappers: bool) -> None:
    pages = [page_of(number) for number in range(30, 50)]
    given = extract_many(pages, workers=0, witness="never", site_memory_from=database, wrappers=wrappers)
    records = {record.url: record for record in given}
    for number in range(30, 50):
        record = records[f"{HOST}{path_of(number)}"]
        assert closing_of(number) not in (record.body or "")
        assert record.site_memory
    origins = {record.provenance["body"] for record in records.values()}
    assert ("wrapper" in origins) is wrappers
    assert origins <= {"site", "wrapper"}


def test_a_database_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no database at"):
        list(extract_many([page_of(1)], workers=0, site_memory_from=tmp_path / "missing.db"))


def test_wrappers_need_a_memory() -> None:
    with pytest.raises(UsageError, match="site_memory_from"):
        extract_many([page_of(1)], workers=0, wrappers=True)
