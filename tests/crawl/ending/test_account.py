"""The account at a crawl's end, and the exit code that follows from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from newsspider.crawl.ending.account import write_account
from newsspider.crawl.visits.revisit_plan import read_plan
from newsspider.errors import ExitCode
from newsspider.record import ArticleRecord
from newsspider.store.run import Run
from newsspider.store.store import Store
from tests.crawl.components import make_crawler

SITE, OTHER = "herald.example", "courier.example"


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Run]:
    with Store(str(tmp_path / "news.db")) as store:
        yield Run(store, "crawl news", {}, plan=read_plan(make_crawler().settings))


def article(site: str, number: int = 1, kind: str = "article") -> ArticleRecord:
    published = f"2026-03-2{number}T10:00:00+00:00"
    values = {
        "url": f"https://{site}/{number}",
        "site": site,
        "title": f"Ferry {number}",
        "body": f"It sails. {number}",
    }
    return ArticleRecord(**values, kind=kind, published=published, reason="HTTP 503" if kind == "failed" else None)  # type: ignore[arg-type]  # rows of tests


def test_site_with_articles_is_fine_and_described(run: Run) -> None:
    run.add(article(SITE))
    run.flush()
    code, said = write_account(run, [SITE], [], [SITE])
    assert code == ExitCode.FINE
    assert len(said) == 1
    assert said[0].startswith(f"{SITE}: ")
    assert "1 new" in said[0]


def test_site_that_gave_nothing_but_failures_is_dark_and_comes_first(
    run: Run, caplog: pytest.LogCaptureFixture
) -> None:
    run.add(article(SITE))
    run.add(article(OTHER, kind="failed"))
    run.flush()
    code, said = write_account(run, [SITE, OTHER], [], [SITE, OTHER])
    assert code == ExitCode.SOURCE_DARK
    assert said[0].startswith(f"{OTHER}: ")
    warned = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert warned == [said[0]]


def test_account_is_stored_with_the_run(run: Run) -> None:
    run.add(article(SITE))
    run.flush()
    write_account(run, [SITE], [], [SITE])
    with Store(run.store.name) as store:
        ((_, account),) = store.accounts(SITE, 9)
    assert (account.new, account.whole) == (1, True)


def test_site_that_another_run_has_is_said(run: Run) -> None:
    run.add(article(SITE))
    run.flush()
    code, said = write_account(run, [SITE], [OTHER], [])
    assert code == ExitCode.FINE
    assert said[0] == f"{OTHER}: another run is crawling it"
