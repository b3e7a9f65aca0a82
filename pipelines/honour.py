"""The requests of pages to robots that are honoured, as NEWSSPIDER_HONOUR says."""

from collections.abc import Collection, Iterable

from newsspider.errors import UsageError

WORDS = ("noindex", "noarchive")


class Honour:
    """Decides about records and copies of a page.

    Attributes:
        words: the honoured words. noindex: no record; noarchive: no copy of the page.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Honour these words.

        Raises:
            UsageError: one of them is unknown.
        """
        self.words = frozenset(word.strip().lower() for word in words if word.strip())
        if unknown := sorted(self.words - set(WORDS)):
            raise UsageError(f"{unknown[0]}: can't be honoured; use {' or '.join(WORDS)}")

    def lets_record(self, directives: Collection[str]) -> bool:
        """Whether a page with these directives may have a record.

        >>> noindex = Honour(["noindex"])
        >>> noindex.lets_record({"noindex", "nofollow"}), Honour([]).lets_record({"noindex"})
        (False, True)
        """
        return not ("noindex" in self.words and "noindex" in directives)

    def lets_copy(self, directives: Collection[str]) -> bool:
        """Whether the page itself may be kept."""
        return not ("noarchive" in self.words and "noarchive" in directives)


def read_honour(words: Iterable[str], name: str) -> Honour:
    """Return the words that an option or setting names.

    Raises:
        UsageError: one line that names it.
    """
    try:
        return Honour(words)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from error
