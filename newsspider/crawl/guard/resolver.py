"""The guard on name resolution: addresses that the policy refuses are dropped."""

from collections.abc import Callable, Sequence
from typing import Any

from twisted.internet.interfaces import IAddress, IHostnameResolver, IResolutionReceiver
from zope.interface import implementer

from newsspider.crawl.guard.networks import Address, read_address

WhyRefuse = Callable[[str, Address], str | None]


@implementer(IHostnameResolver)
class GuardedResolver:
    """Resolves with another resolver, and drops the addresses that the policy refuses.

    A connection is made to the very address that is handed on here, a literal one in a URL
    included: a name that resolves to something else on the second look gains nothing.

    Attributes:
        inner: the resolver that is asked.
    """

    def __init__(self, inner: Any, why_refuse: WhyRefuse) -> None:
        """Use this resolver and this policy."""
        self.inner = inner
        self._why_refuse = why_refuse
        self._refused: dict[str, str] = {}

    def take_refusal(self, host: str) -> str | None:
        """Return, once, why the policy refused all addresses of a host; None if it did not."""
        return self._refused.pop(host, None)

    def resolveHostName(  # noqa: N802  # Twisted's name
        self,
        resolutionReceiver: Any,  # noqa: N803
        hostName: str,  # noqa: N803
        portNumber: int = 0,  # noqa: N803
        addressTypes: Sequence[type[IAddress]] | None = None,  # noqa: N803
        transportSemantics: str = "TCP",  # noqa: N803
    ) -> Any:
        """Resolve a host (Twisted's interface)."""
        receiver = _Sieve(resolutionReceiver, lambda address: self._is_refused(hostName, address))
        return self.inner.resolveHostName(
            receiver, hostName, portNumber, addressTypes, transportSemantics
        )

    def _is_refused(self, host: str, text: str) -> bool:
        """Whether the policy refuses a host at an address. The reason is remembered."""
        address = read_address(text)
        why = (
            self._why_refuse(host.lower(), address)
            if address
            else f"{host} resolves to {text}, which is no address"
        )
        if why:
            self._refused[host] = why

        return why is not None


@implementer(IResolutionReceiver)
class _Sieve:
    """Passes on the addresses that a resolver finds, except refused ones."""

    def __init__(self, receiver: Any, is_refused: Callable[[str], bool]) -> None:
        """Pass addresses to this receiver."""
        self._receiver = receiver
        self._is_refused = is_refused

    def resolutionBegan(self, resolution: Any) -> None:  # noqa: N802
        """Pass it on."""
        self._receiver.resolutionBegan(resolution)

    def addressResolved(self, address: Any) -> None:  # noqa: N802
        """Pass on an address, unless it is refused."""
        if not self._is_refused(address.host):
            self._receiver.addressResolved(address)

    def resolutionComplete(self) -> None:  # noqa: N802
        """Pass it on."""
        self._receiver.resolutionComplete()
