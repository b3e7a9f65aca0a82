"""Fingerprints of requests: URLs that differ in tracking parameters only are the same page."""

from weakref import WeakKeyDictionary

from scrapy import Request
from scrapy.utils.request import fingerprint

from newsspider.urls import normalise_url


class PageFingerprinter:
    """Scrapy request fingerprinter: Scrapy's own, applied to the normalised URL."""

    def __init__(self) -> None:
        """Remember fingerprints as long as their requests exist."""
        self._known: WeakKeyDictionary[Request, bytes] = WeakKeyDictionary()

    def fingerprint(self, request: Request) -> bytes:
        """Return the fingerprint of a request."""
        if request not in self._known:
            self._known[request] = fingerprint(request.replace(url=normalise_url(request.url)))
        return self._known[request]
