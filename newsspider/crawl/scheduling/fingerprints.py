"""Which requests are the same: those of one page, whatever its address says of where the reader came from."""

from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.utils.request import fingerprint

from newsspider.urls import normalise_url


class PageFingerprinter:
    """Scrapy request fingerprinter: as Scrapy's, of the normalised address."""

    def __init__(self) -> None:
        """Remember what was computed for as long as its request lives."""
        self._known: WeakKeyDictionary[Request, bytes] = WeakKeyDictionary()

    def fingerprint(self, request: Request) -> bytes:
        """Return what two requests of one page share."""
        if request not in self._known:
            self._known[request] = fingerprint(request.replace(url=normalise_url(request.url)))
        return self._known[request]
