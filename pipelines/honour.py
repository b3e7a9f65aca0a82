"""Honouring: what a page asks of robots about itself, as far as NEWSSPIDER_HONOUR says that it is heard."""

from collections.abc import Collection, Iterable

from newsspider.errors import UsageError

WORDS = ("noindex", "noarchive")


class Honour:
    """Says what may be made of a page.

    Attributes:
        words: those that are heard. noindex: no record; noarchive: no copy of the page.
    """

    def __init__(self, words: Iterable[str]) -> None:
        """Hear these words.

        Raises:
            UsageError: one of them is none that can be heard.
        """
        self.words = frozenset(word.strip().lower() for word in words if word.strip())
        if unknown := sorted(self.words - set(WORDS)):
            raise UsageError(f"{unknown[0]}: can't be honoured; use {' or '.join(WORDS)}")

    def lets_record(self, directives: Collection[str]) -> bool:
        """Whether a record may be made of a page that has these directives.

        >>> Honour(["noindex"]).lets_record({"noindex", "nofollow"}), Honour([]).lets_record({"noindex"})
        (False, True)
        """
        return not ("noindex" in self.words and "noindex" in directives)

    def lets_copy(self, directives: Collection[str]) -> bool:
        """Whether the page itself may be kept."""
        return not ("noarchive" in self.words and "noarchive" in directives)


def read_honour(words: Iterable[str], name: str) -> Honour:
    """Return what the option or setting of this name says.

    Raises:
        UsageError: one line that names it.
    """
    try:
        return Honour(words)
    except UsageError as error:
        raise UsageError(f"{name}: {error}") from error
