"""Futures of threads and processes, as the event loop awaits them."""

from concurrent.futures import Future
from typing import Any, TypeVar

from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.defer import Deferred

Result = TypeVar("Result")


async def result_of(future: "Future[Result]") -> Result:
    """Return a future's result when it is there, or raise its error; the event loop goes on meanwhile."""
    from twisted.internet import reactor  # importing it chooses it, which is Scrapy's to do

    call_in_loop: Any = reactor.callFromThread  # a module that is an object
    deferred: Deferred[Result] = Deferred()

    def settle(done: "Future[Result]") -> None:
        if error := done.exception():
            call_in_loop(deferred.errback, error)
        else:
            call_in_loop(deferred.callback, done.result())

    future.add_done_callback(settle)
    return await maybe_deferred_to_future(deferred)
