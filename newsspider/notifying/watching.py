"""Sending the new articles of watches to their targets, each article once per target."""

import shlex
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from newsspider.clock import utc_now
from newsspider.errors import NewsspiderError
from newsspider.notifying.messages import Message, most_listed, write_message
from newsspider.notifying.targets import Delivery, Target, load_apprise, name_of, read_target, send
from newsspider.store.retrying import with_retries
from newsspider.store.store import Store
from newsspider.store.watches import Claim, Watch
from newsspider.text import count_of


@dataclass(frozen=True)
class Told:
    """The result of a message to a target.

    Attributes:
        watch: name of the watch.
        target: name of the target.
        number: number of articles.
        delivery: the result of sending.
    """

    watch: str
    target: str
    number: int
    delivery: Delivery

    def __str__(self) -> str:
        """Return it in a line."""
        articles = count_of(self.number, "new article")
        if self.delivery.arrived:
            return f"watch {self.watch}: {articles} → {self.target}"
        failed = f"watch {self.watch}: {self.target}: {self.delivery.reason}"
        if self.delivery.arrived is None:
            again = shlex.join(["newsspider", "watch", "run", self.watch, "--unsure"])
            return f"{failed}; {articles} may not have arrived (`{again}` sends again)"
        return f"{failed}; the next run tries again ({articles})"


def tell_watches(
    store: Store, watches: Iterable[Watch], *, send_unsure: bool = False
) -> Iterator[Told]:
    """Send the new articles of watches, and yield the result of each message; if a target fails, the others go on.

    Args:
        store: has the articles and the record of sent ones.
        watches: of this store.
        send_unsure: whether to send articles again that may have arrived.

    Raises:
        UsageError: Apprise is not installed.
        StoreError: the store can't be used.
    """
    load_apprise()  # before a claim is made
    failed: dict[
        str, str
    ] = {}  # target URL: reason; other watches don't wait for the same target again
    for watch in watches:
        began_at = utc_now()
        yield from _iter_cut_short(store, watch, send_unsure=send_unsure)
        for url in watch.targets:
            yield from _tell_target(store, watch, url, failed)
        if not failed.keys() & set(watch.targets):
            store.settle_watch(watch, began_at)


def preview(store: Store, watch: Watch) -> Message | None:
    """Return the message that a watch's first target would get; None if there is nothing new."""
    target = read_target(watch.targets[0])
    keys = store.untold(watch, target.url)
    if not keys:
        return None
    records = store.read_keys(keys[: most_listed(watch.form)])
    return write_message(watch, records, len(keys), target.max_chars)


def _iter_cut_short(store: Store, watch: Watch, *, send_unsure: bool) -> Iterator[Told]:
    """Yield the articles that earlier runs were sending when they were killed."""
    cut_short = store.begin_watch(watch, send_unsure=send_unsure)
    for url, number in () if send_unsure else cut_short.items():
        yield Told(
            watch.name,
            name_of(url),
            number,
            Delivery(None, "a run was killed while it was sending"),
        )


def _tell_target(store: Store, watch: Watch, url: str, failed: dict[str, str]) -> Iterator[Told]:
    """Send a target its new articles in one message, or as JSON in several."""
    try:
        target = read_target(url)
    except NewsspiderError as error:
        target, failed[url] = Target(url, name_of(url)), str(error)
    while url not in failed:
        claim = store.claim_untold(
            watch, url, most_listed("json") if watch.form == "json" else None
        )
        if not claim.keys:
            return
        delivery = _deliver(store, watch, target, claim)
        if not delivery.arrived:
            failed[url] = delivery.reason
        if delivery.arrived is not False:
            yield Told(watch.name, target.name, len(claim.keys), delivery)
        if watch.form != "json":
            break
    if url in failed and (number := len(store.untold(watch, url))):
        yield Told(watch.name, target.name, number, Delivery(arrived=False, reason=failed[url]))


def _deliver(store: Store, watch: Watch, target: Target, claim: Claim) -> Delivery:
    """Send the articles of a claim, and record the result; after an interruption it is unknown."""
    arrived: bool | None = False
    try:
        records = store.read_keys(claim.keys[: most_listed(watch.form)])
        message = write_message(watch, records, len(claim.keys), target.max_chars)
        arrived = None
        delivery = send(target, message)
        arrived = delivery.arrived
    finally:
        with_retries(lambda: store.settle_claim(claim, arrived=arrived))
    return delivery
