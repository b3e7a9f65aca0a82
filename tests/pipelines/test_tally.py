"""The lines that end a run, in constant memory."""

from newsspider.record import ArticleRecord
from pipelines.count import COUNTED_REASONS, SHOWN_FAILURES, Tally


def failed(number: int, reason: str) -> ArticleRecord:
    return ArticleRecord(source=f"{number}.html", kind="failed", reason=reason)


def test_first_failures_are_named_and_the_rest_counted_by_reason() -> None:
    tally = Tally()
    tally.add(ArticleRecord(source="good.html"))
    for number in range(SHOWN_FAILURES + 3):
        tally.add(failed(number, "took longer than 20 s"))
    first, *named, last = tally.lines("x.jsonl")
    assert first == f"{SHOWN_FAILURES + 4} pages: {SHOWN_FAILURES + 3} failed, 1 article → x.jsonl"
    assert named == [f"  {number}.html: failed: took longer than 20 s" for number in range(SHOWN_FAILURES)]
    assert last == "  and 3 more: took longer than 20 s (3)"


def test_reasons_that_are_all_different_are_not_all_kept() -> None:
    tally = Tally()
    for number in range(SHOWN_FAILURES + COUNTED_REASONS + 50):
        tally.add(failed(number, f"can't be read: {number}.html"))
    *_, last = tally.lines("x")
    assert last.startswith(f"  and {COUNTED_REASONS + 50} more: other reasons (50), ")


def test_tallies_of_parts_make_the_lines_of_one_run() -> None:
    whole, parts = Tally(), [Tally(), Tally()]
    for number in range(2 * SHOWN_FAILURES):
        record = failed(number, f"took longer than {number % 3} s")
        whole.add(record)
        parts[number > SHOWN_FAILURES].add(record)
    merged = Tally()
    for part in parts:
        part.skipped, part.left_out = 1, 2
        merged.merge(part)
    whole.skipped, whole.left_out = 2, 4
    assert list(merged.lines("x")) == list(whole.lines("x"))
