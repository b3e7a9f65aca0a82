"""Counts the articles that lists name: all of them, and those that an earlier run has read."""

from newsspider.revisiting.accounts import SiteAccount


class ListedArticles:
    """Counts each address once per run."""

    def __init__(self) -> None:
        """Start without addresses."""
        self._counted: set[int] = set()  # hashes
        self._revisited: set[int] = set()  # hashes of addresses that an earlier run had read

    def note_revisit(self, address: str) -> None:
        """Note that this run visits an article that an earlier run has read."""
        self._revisited.add(hash(address))

    def count(self, account: SiteAccount, address: str, *, seen: bool) -> None:
        """Count an address in the account of its site."""
        if hash(address) in self._counted:
            return
        self._counted.add(hash(address))
        account.listed += 1
        account.seen += seen or hash(address) in self._revisited
