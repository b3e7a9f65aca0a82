"""What pages ask for is heard as far as the user says."""

import pytest

from newsspider.errors import UsageError
from pipelines.honour import Honour, read_honour


@pytest.mark.parametrize(
    ("heard", "asked", "record", "copy"),
    [
        (["noindex", "noarchive"], {"noindex"}, False, True),
        (["noindex", "noarchive"], {"noarchive"}, True, False),
        (["noarchive"], {"noindex", "noarchive"}, True, False),
        ([], {"noindex", "noarchive"}, True, True),
        ([" NoIndex ", ""], {"noindex"}, False, True),
        (["noindex", "noarchive"], set(), True, True),
    ],
)
def test_directives_count_where_they_are_heard(heard: list[str], asked: set[str], record: bool, copy: bool) -> None:
    honour = Honour(heard)
    assert (honour.lets_record(asked), honour.lets_copy(asked)) == (record, copy)


def test_unknown_word_is_named_with_the_option() -> None:
    with pytest.raises(UsageError, match="--honour: nofollow: can't be honoured; use noindex or noarchive"):
        read_honour(["noindex", "nofollow"], "--honour")
