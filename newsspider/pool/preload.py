"""The imports of the server from which workers are forked.

It imports this module once, so that each worker starts with everything loaded.
"""

import gc
import signal

# Ctrl-C and a terminal's end go to all processes; the parent decides what they mean, also while
# this one still loads.
signal.signal(signal.SIGINT, signal.SIG_IGN)
signal.signal(signal.SIGHUP, signal.SIG_IGN)
gc.disable()  # modules are not garbage, and collecting takes 15 ms

from newsspider.pool.one_thread import keep_numpy_to_one_thread  # noqa: E402

keep_numpy_to_one_thread()  # hence before the imports below

from contextlib import suppress  # noqa: E402

from newsspider.errors import NewsspiderError  # noqa: E402
from newsspider.extraction.witness_policy import WitnessPolicy  # noqa: E402
from newsspider.pages.raw_page import RawPage  # noqa: E402
from newsspider.pool.crawl_job import extract_with_links  # noqa: E402

# A letter outside ASCII says that it is UTF-8: the guess at a charset loads a library that most
# pages can do without.
WARMING_PAGE = """<html lang="en"><head><title>Ferry back</title></head><body><article>
<h1>Ferry back</h1><p>The ferry sails again from the old harbour – “at last”, said the harbour
master on Monday.</p></article>
<a href="/politics/">Politics</a></body></html>""".encode()


def warm_up(witness: WitnessPolicy) -> None:
    """Extract a page, which loads everything that is only loaded on first use."""
    raw = RawPage(body=WARMING_PAGE, url="https://herald.example/2026/03/24/ferry")
    with suppress(NewsspiderError):  # a model that can't be read: the first real page says so
        extract_with_links(raw, witness=witness)


warm_up("never")
# And it stays off: a worker looks for cycles between pages, when next to nothing is left to look at
gc.freeze()
