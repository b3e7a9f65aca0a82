"""The exit code of a run follows from its records and from the accounts of its sites."""

from collections.abc import Mapping, Sequence

import pytest

from newsspider.exit_codes import code_for, crawl_code_for
from newsspider.revisiting.accounts import SiteAccount

FINE = SiteAccount(site="herald.example")
DARK = SiteAccount(site="chenbao.example", alarms=["dark: no such host"])


@pytest.mark.parametrize(
    ("counts", "code"),
    [
        ({}, 0),
        ({"article": 5, "index": 2, "consent": 1}, 0),
        ({"article": 5, "failed": 1}, 1),
        ({"empty": 1}, 1),
        ({"not_html": 1}, 1),
        ({"truncated": 1}, 1),
        ({"article": 5, "failed": 0}, 0),
    ],
)
def test_exit_code_follows_from_the_kinds(counts: Mapping[str, int], code: int) -> None:
    assert code_for(counts) == code


@pytest.mark.parametrize(
    ("counts", "accounts", "code"),
    [
        ({}, [], 0),
        ({"article": 5}, [], 0),
        ({"article": 5, "failed": 1}, [], 1),
        ({"failed": 1, "consent": 2}, [], 3),
        ({"failed": 1}, [FINE], 1),
        ({"article": 5}, [FINE, DARK], 3),
        ({}, [DARK], 3),
    ],
)
def test_source_is_dark_by_its_account(counts: Mapping[str, int], accounts: Sequence[SiteAccount], code: int) -> None:
    assert crawl_code_for(counts, accounts) == code
