"""Short pauses of the event loop: settings of Python's interpreter while a crawl runs."""

import gc
import sys
from typing import Self

from scrapy import signals
from scrapy.crawler import Crawler

# Objects between two collections of the youngest generation; Python's 700 are made by one page. A
# collection of 5,000 takes a few milliseconds.
OBJECTS_PER_COLLECTION = 5_000
# Seconds that the event loop waits for a thread that computes, such as the one that writes to the
# database. Python's 5 ms pass each time that the loop has used a socket.
SWITCH_SECONDS = 0.0005

_changed: list["InterpreterSettings"] = []  # of the crawls that are running in this process


class InterpreterSettings:
    """The settings of the interpreter before a crawl changed them."""

    def __init__(self) -> None:
        """Read them."""
        self._thresholds = gc.get_threshold()
        self._switch_seconds = sys.getswitchinterval()

    def restore(self) -> None:
        """Set them again."""
        gc.set_threshold(*self._thresholds)
        gc.unfreeze()
        sys.setswitchinterval(self._switch_seconds)


class LoopPauses:
    """Scrapy extension: the garbage collector and the threads of the process rarely stop the event loop.

    The 150,000 objects of the start-up live as long as the process: looking through them for garbage
    takes 60 ms or more. So they are left out of collections.
    """

    def __init__(self, crawler: Crawler) -> None:
        """Change the settings while the spider is open."""
        crawler.signals.connect(self.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(self.spider_closed, signal=signals.spider_closed)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Build it."""
        return cls(crawler)

    def spider_opened(self) -> None:
        """Change the settings, unless another crawl in this process has."""
        _changed.append(InterpreterSettings())
        if len(_changed) > 1:
            return

        gc.collect()
        gc.freeze()
        gc.set_threshold(OBJECTS_PER_COLLECTION, *gc.get_threshold()[1:])
        sys.setswitchinterval(SWITCH_SECONDS)

    def spider_closed(self) -> None:
        """Restore the settings after the last crawl."""
        before = _changed[0]
        _changed.pop()
        if not _changed:
            before.restore()
