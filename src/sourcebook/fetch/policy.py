"""Which network addresses may be asked at all. Pure; `connection.py` enforces it where connections are made.

What a page cites is written by anybody, and where a name or a redirect leads is decided by whoever runs the server.
So nothing but public addresses is asked, unless a setting opens a network by name: our own router, a metadata service
or a database is nobody's source. docs/fetching.md explains it to readers.
"""

import ipaddress
from collections.abc import Iterable

from msgspec import Struct, field

from sourcebook.errors import UsageError

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

PORTS = (80, 443)
_MOST_FOUND = 1_000  # answers that are kept at hand: each takes as long to find as a request to send

# The registries of special addresses (RFC 6890 and what has been added since) rather than `is_global` of the standard
# library, whose answers changed between patch releases of one Python version.
_NOT_PUBLIC_V4 = tuple(
    (ipaddress.IPv4Network(network), words)
    for network, words in (
        ("0.0.0.0/8", "this host"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "shared by a provider"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved for protocols"),
        ("192.0.2.0/24", "for documentation"),
        ("192.88.99.0/24", "a 6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("198.18.0.0/15", "for benchmarks"),
        ("198.51.100.0/24", "for documentation"),
        ("203.0.113.0/24", "for documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_UNICAST_V6 = ipaddress.IPv6Network("2000::/3")  # all that is in use; everything else is special
_NOT_PUBLIC_V6 = tuple(
    (ipaddress.IPv6Network(network), words)
    for network, words in (
        ("2001::/23", "reserved for protocols"),
        ("2001:db8::/32", "for documentation"),
        ("3fff::/20", "for documentation"),
    )
)
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_TRANSLATED = ipaddress.IPv6Network("::ffff:0:0:0/96")


class AddressPolicy(Struct, frozen=True):
    """Public addresses on the ports of the web, and whatever is in the allowed networks, on any port."""

    allowed: tuple[Network, ...] = ()
    _found: dict[tuple[str, int], str] = field(default_factory=dict)  # what was found already

    def refusal(self, address: str, port: int) -> str:
        """Why this address may not be asked, in words; "" when it may."""
        found = self._found.get((address, port))
        if found is None:
            found = self._find_refusal(address, port)
            if len(self._found) >= _MOST_FOUND:
                self._found.clear()
            self._found[address, port] = found
        return found

    def _find_refusal(self, address: str, port: int) -> str:
        try:
            found = ipaddress.ip_address(address.strip("[]").partition("%")[0])
        except ValueError:
            return f"{address!r} is no address"
        meant = meant_by(found)
        if all(self._allows(one) for one in meant):
            return ""
        for one in meant:
            if not self._allows(one) and (words := _special(one)):
                return f"{found} is {words}" if one == found else f"{found} leads to {one}, which is {words}"
        return "" if port in PORTS else f"port {port} is not a port of the web"

    def refusal_by_name(self, host: str, port: int) -> str:
        """The same for a host as addresses write it, as far as can be said before its name is looked up."""
        if ":" in host or host.rpartition(".")[2].isdecimal():
            return self.refusal(host, port)
        if self.allowed or port in PORTS:
            return ""
        return f"port {port} is not a port of the web"

    def _allows(self, address: Address) -> bool:
        return any(address in network for network in self.allowed)


def policy_of(allow_networks: Iterable[str]) -> AddressPolicy:
    """The policy that the setting `fetch.allow_networks` asks for. Raises UsageError for what is no network."""
    networks: list[Network] = []
    for text in allow_networks:
        try:
            networks.append(ipaddress.ip_network(text))
        except ValueError as error:
            hint = "write a network such as 127.0.0.0/8 or fd00::/8"
            raise UsageError(f"setting 'fetch.allow_networks' has {text!r}: {error}", hint) from error
    return AddressPolicy(tuple(networks))


def meant_by(address: Address) -> tuple[Address, ...]:
    """Where packets to an address end up: the IPv4 addresses that an IPv6 one carries, or the address itself."""
    if isinstance(address, ipaddress.IPv4Address):
        return (address,)
    if address.ipv4_mapped is not None:
        return (address.ipv4_mapped,)
    if address in _NAT64 or address in _TRANSLATED:
        return (ipaddress.IPv4Address(int(address) & 0xFFFFFFFF),)
    if address.sixtofour is not None:
        return (address.sixtofour,)
    if address.teredo is not None:
        return address.teredo  # the relay and the client behind it
    return (address,)


def _special(address: Address) -> str:
    """What an address is for when it is not for the public web, in words."""
    if isinstance(address, ipaddress.IPv4Address):
        return next((words for network, words in _NOT_PUBLIC_V4 if address in network), "")
    if address not in _UNICAST_V6:
        return "not a public address"
    return next((words for network, words in _NOT_PUBLIC_V6 if address in network), "")
