"""Which addresses may be asked, and that nothing is sent to any other."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sourcebook.config import FetchSettings
from sourcebook.errors import UsageError
from sourcebook.fetch.policy import meant_by, policy_of
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, Wanted
from tests.fetch.answering import Answering
from tests.fetch.site import Site, moved

PUBLIC = policy_of(())
REFUSED = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "127.0.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255", "192.0.0.1",
    "192.0.2.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "239.1.1.1", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001:db8::1", "2001:2::1", "2001:10::1", "2002:7f00:1::",
    "2002:c0a8:101::1", "2001:0:7f00:1::1", "2001:0:808:808:0:0:80ff:fffe", "3fff::1", "5f00::1", "fc00::1", "fd12::1",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "::ffff:0:7f00:1", "rubbish", "",
]  # fmt: skip
ALLOWED = ["1.1.1.1", "8.8.8.8", "172.32.0.1", "100.128.0.1", "2606:4700::1111", "2a00:1450::1", "::ffff:8.8.8.8",
    "64:ff9b::808:808", "2002:808:808::1"]  # fmt: skip


@pytest.mark.parametrize("address", REFUSED)
def test_an_address_that_is_not_public_is_refused_with_a_reason(address: str) -> None:
    assert PUBLIC.refusal(address, 443)


@pytest.mark.parametrize("address", ALLOWED)
def test_a_public_address_may_be_asked_on_the_ports_of_the_web(address: str) -> None:
    assert PUBLIC.refusal(address, 443) == ""
    assert PUBLIC.refusal(address, 80) == ""
    assert "port 22" in PUBLIC.refusal(address, 22)


def test_an_allowed_network_may_be_asked_on_any_port_and_nothing_else_is_opened_by_it() -> None:
    policy = policy_of(("10.0.0.0/8", "fd00::/8"))

    assert policy.refusal("10.9.9.9", 8080) == ""
    assert policy.refusal("::ffff:10.9.9.9", 8080) == ""
    assert policy.refusal("fd00::5", 8080) == ""
    assert policy.refusal("192.168.0.1", 80)
    assert policy.refusal("8.8.8.8", 8080)


def test_a_network_that_is_none_is_named() -> None:
    with pytest.raises(UsageError, match=r"10\.0\.0\.1/8"):
        policy_of(("10.0.0.1/8",))


@given(st.ip_addresses())
def test_whatever_python_calls_private_is_refused(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> None:
    if any(one.is_private or one.is_multicast or one.is_reserved for one in meant_by(address)):
        assert PUBLIC.refusal(str(address), 443)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_in_an_ipv6_coat_is_judged_by_what_is_under_it(address: ipaddress.IPv4Address) -> None:
    bare = PUBLIC.refusal(str(address), 443)
    number = int(address)

    for coat in (f"::ffff:{address}", f"64:ff9b::{address}", f"2002:{number >> 16:x}:{number & 0xFFFF:x}::1"):
        assert bool(PUBLIC.refusal(coat, 443)) == bool(bare)


# --- where connections are made ------------------------------------------------------------------------


@contextmanager
def trap() -> Iterator[tuple[int, list[str]]]:
    """A port on all local addresses that counts who connects."""
    caught: list[str] = []
    with socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True) as server:
        server.settimeout(0.05)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                try:
                    connection, where = server.accept()
                except TimeoutError:
                    continue
                caught.append(where[0])
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield server.getsockname()[1], caught
        finally:
            stop.set()
            thread.join()


FORMS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.0.0.1.",
    "0", "0.0.0.0", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "localhost",
    "LOCALHOST", "①②⑦.0.0.1", "127。0。0。1", "%31%32%37.0.0.1", "user:word@127.0.0.1",
]  # fmt: skip


def ask(settings: FetchSettings, url: str) -> Fetched:
    (answer,) = Answering(settings, lambda: datetime.now(UTC)).fetch([Wanted("one", url)])
    assert isinstance(answer, Fetched)
    return answer


@pytest.mark.parametrize("form", FORMS)
def test_no_form_of_a_private_address_is_even_connected_to(form: str) -> None:
    # another network is open, so that the port alone is no reason to refuse
    settings = FetchSettings(delay_s=0.0, timeout_s=3.0, allow_networks=("10.99.99.0/24",))
    with trap() as (port, caught):
        answer = ask(settings, f"http://{form}:{port}/")

        assert answer.outcome is Outcome.REFUSED_BY_POLICY, answer.reason
        assert answer.reason
        assert not caught


def test_the_trap_of_these_tests_does_catch_those_who_are_let_through() -> None:
    with trap() as (port, caught):
        settings = FetchSettings(delay_s=0.0, timeout_s=3.0, allow_networks=("127.0.0.0/8", "::1/128"))
        ask(settings, f"http://localhost:{port}/")

        assert caught


@pytest.mark.parametrize("form", ["127.0.0.2", "[::1]", "2130706434", "localhost"])
def test_no_redirect_leads_to_a_private_address(site: Site, form: str) -> None:
    settings = FetchSettings(delay_s=0.0, timeout_s=3.0, allow_networks=("127.0.0.9/32",))
    with trap() as (port, caught):
        site.say("/", moved(f"http://{form}:{port}/secret"))
        answer = ask(settings, site.url("/", "127.0.0.9"))

        assert answer.outcome is Outcome.REFUSED_BY_POLICY
        assert len(answer.exchanges) == 1
        assert not caught


@pytest.mark.parametrize(
    "url", ["ftp://example.org/", "file:///etc/passwd", "javascript:1", "no address", "http://", ""]
)
def test_only_web_addresses_are_asked_for(url: str) -> None:
    answer = ask(FetchSettings(delay_s=0.0), url)

    assert (answer.outcome, answer.reason) == (Outcome.REFUSED_BY_POLICY, "no http or https address")


def test_a_proxy_in_the_environment_is_no_way_round(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, site.url(""))
    answer = ask(FetchSettings(delay_s=0.0, timeout_s=3.0), "http://10.0.0.1/")

    assert answer.outcome is Outcome.REFUSED_BY_POLICY
    assert not site.requests


def test_a_port_that_is_not_of_the_web_is_refused_before_its_name_is_looked_up() -> None:
    answer = ask(replace(FetchSettings(), delay_s=0.0), "http://example.invalid:22/")

    assert (answer.outcome, answer.reason) == (Outcome.REFUSED_BY_POLICY, "port 22 is not a port of the web")
