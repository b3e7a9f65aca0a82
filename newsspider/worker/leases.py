"""The sites that this process holds, and the thread that renews their leases."""

import logging
import os
import secrets
import socket
import time
from collections.abc import Callable
from datetime import timedelta
from threading import Event, Lock, Thread

from newsspider.errors import StoreError
from newsspider.store.turns import Turn, Turns

logger = logging.getLogger(__name__)

RENEWALS = 4  # in the time of a lease: three may fail, and a minute without the server is less than three of them
# The clock that goes on while the machine sleeps, where there is one.
_CLOCK = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Held:
    """A turn that this process has.

    Attributes:
        turn: the turn.
        until: when its lease ends, by a clock of this machine that nobody sets.
        is_lost: whether the database said that it has ended.
    """

    def __init__(self, turn: Turn, until: float) -> None:
        """Have it until then."""
        self.turn = turn
        self.until = until
        self.is_lost = False

    def lasts(self) -> bool:
        """Whether the site is still ours, as far as can be known without asking: no request may be sent else."""
        return not self.is_lost and clock() < self.until


class Leases:
    """The turns of this process; each is prolonged until it is dropped."""

    def __init__(
        self, turns: Turns, edition: str, lease: timedelta, on_loss: Callable[[Held], None]
    ) -> None:
        """Take sites of a list.

        Args:
            turns: of the database.
            edition: of the list.
            lease: how long a turn lasts without renewal.
            on_loss: called in the renewing thread with a turn that has ended before its time.
        """
        self.holder = f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"
        self._turns = turns
        self._edition = edition
        self._lease = lease
        self._on_loss = on_loss
        self._held: dict[str, Held] = {}
        self._lock = Lock()
        self._ended = Event()
        self._thread = Thread(target=self._renew_all, name="newsspider leases", daemon=True)

    @property
    def sites(self) -> list[str]:
        """The sites that are held."""
        with self._lock:
            return sorted(self._held)

    def start(self) -> None:
        """Start renewing."""
        self._thread.start()

    def stop(self) -> None:
        """Stop renewing."""
        self._ended.set()
        self._thread.join()

    def _holds_suspect(self) -> bool:
        """Whether a site is held with which an earlier worker died."""
        with self._lock:
            return any(held.turn.deaths for held in self._held.values())

    def take(self, limit: int) -> list[Held]:
        """Take sites that are due, at most so many.

        Raises:
            StoreError: the database can't be asked.
        """
        begin = clock()
        has_suspect = self._holds_suspect()
        claimed = self._turns.claim(
            self.holder, self._edition, limit, self._lease, suspects=not has_suspect
        )
        taken = [Held(turn, begin + self._lease.total_seconds()) for turn in claimed]
        with self._lock:
            self._held.update({held.turn.site: held for held in taken})
        return taken

    def drop(self, held: Held) -> None:
        """Renew a turn no more."""
        with self._lock:
            if self._held.get(held.turn.site) is held:
                del self._held[held.turn.site]

    def renew(self) -> None:
        """Renew all turns, and tell of those that are lost.

        Raises:
            StoreError: the database can't be asked.
        """
        with self._lock:
            asked = dict(self._held)
        if not asked:
            return
        begin = clock()
        ours = self._turns.renew(self.holder, asked, self._lease)
        for site, held in asked.items():
            if ours.get(site) == held.turn.epoch:
                held.until = begin + self._lease.total_seconds()
            elif self._has(held):  # else it was ended meanwhile
                held.is_lost = True
                self._on_loss(held)

    def _has(self, held: Held) -> bool:
        with self._lock:
            return self._held.get(held.turn.site) is held

    def _renew_all(self) -> None:
        """Renew again and again, in a thread of its own: the event loop may stand still for seconds."""
        while not self._ended.wait(self._lease.total_seconds() / RENEWALS):
            try:
                self.renew()
            except StoreError as error:
                logger.warning("leases were not renewed: %s", error)


def clock() -> float:
    """Return seconds of a clock that only goes forward."""
    return time.clock_gettime(_CLOCK)
