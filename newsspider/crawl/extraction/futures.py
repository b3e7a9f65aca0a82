"""Await the futures of threads and processes in the event loop."""

from concurrent.futures import Future
from typing import Any, TypeVar

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

Result = TypeVar("Result")


async def result_of(future: "Future[Result]") -> Result:
    """Return the result of a future or raise its error, without blocking the event loop."""
    from twisted.internet import (
        reactor,  # importing it earlier would choose the reactor before Scrapy does
    )

    call_in_loop: Any = reactor.callFromThread  # a module that is an object
    deferred: Deferred[Result] = Deferred()

    def settle(done: "Future[Result]") -> None:
        if error := done.exception():
            call_in_loop(deferred.errback, error)
        else:
            call_in_loop(deferred.callback, done.result())

    future.add_done_callback(settle)
    return await maybe_deferred_to_future(deferred)
