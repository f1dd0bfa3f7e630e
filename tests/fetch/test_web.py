"""The web fetcher against a real server that sends what it is told to."""

import contextlib
import gzip
import itertools
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from sourcebook.config import FetchSettings
from sourcebook.errors import UsageError
from sourcebook.types.captures import Outcome
from sourcebook.types.fetching import Fetched, NotAsked, Wanted
from tests.fetch.answering import Answering
from tests.fetch.site import Site, article, http, moved

SETTINGS = FetchSettings(
    allow_networks=("127.0.0.0/8",),
    delay_s=0.0,
    timeout_s=5.0,
    connect_timeout_s=2.0,
    max_mb=1.0,
    contact="me@example.org",
)


def now() -> datetime:
    return datetime.now(UTC)


def fetch(url: str, settings: FetchSettings = SETTINGS, **known: str) -> Fetched:
    (answer,) = Answering(settings, now).fetch([Wanted("one", url, **known)])
    assert isinstance(answer, Fetched)
    return answer


def test_the_first_sources_are_asked_for_while_the_others_are_still_made(site: Site) -> None:
    site.page("/", article())
    met: list[bool] = []

    def wanted() -> Iterator[Wanted]:
        yield from (Wanted(str(number), site.url("/")) for number in range(50))
        until = time.monotonic() + 5
        while not site.requests and time.monotonic() < until:
            time.sleep(0.01)
        met.append(bool(site.requests))
        yield Wanted("last", site.url("/"))

    answers = list(Answering(SETTINGS, now).fetch(wanted()))

    assert met == [True]
    assert len(answers) == 51


# --- what is kept ------------------------------------------------------------------------------------


def test_a_page_comes_back_whole_with_its_bytes_as_sent(site: Site) -> None:
    packed = gzip.compress(article())
    site.page("/a?b=c", packed, "Content-Encoding: gzip", 'ETag: "x1"', "Last-Modified: Tue, 07 Apr 2026 09:00:00 GMT")

    answer = fetch(site.url("/a?b=c#part"))

    assert (answer.outcome, answer.status, answer.reason) == (Outcome.OK, 200, "status 200")
    assert answer.body == article()
    assert answer.exchanges[-1].body == packed
    assert answer.url == site.url("/a?b=c#part")
    assert answer.final_url == site.url("/a?b=c")
    assert (answer.media_type, answer.charset, answer.etag) == ("text/html", "utf-8", '"x1"')
    assert answer.last_modified == "Tue, 07 Apr 2026 09:00:00 GMT"
    assert answer.exchanges[-1].ip == "127.0.0.1"
    assert answer.origin == "web"


def test_heads_keep_the_order_and_case_of_what_went_over_the_wire(site: Site) -> None:
    head = (
        b"HTTP/1.1 200 Fine By Me\r\nX-b: 1\r\nx-A: \xc3\xa9\r\nSet-Cookie: a=1\r\nX-b: 2\r\n"
        b"CONTENT-type: text/plain\r\nContent-Length: 30\r\n\r\n"
    )
    site.say("/", head + b"x" * 30)

    exchange = fetch(site.url("/")).exchanges[-1]

    assert exchange.response_head == head
    assert exchange.request_head == site.requests[-1].head


def test_we_say_who_we_are_and_how_to_reach_us(site: Site) -> None:
    site.page("/", article())
    fetch(site.url("/"))

    agent = site.requests[-1].header("user-agent")

    assert agent.startswith("Sourcebook/")
    assert "me@example.org" in agent


def test_a_contact_that_would_break_a_header_is_refused() -> None:
    with pytest.raises(UsageError, match=r"fetch\.contact"):
        Answering(replace(SETTINGS, contact="a\r\nX: y"), now)


# --- redirects and cookies ---------------------------------------------------------------------------


def test_each_redirect_is_an_exchange_of_its_own(site: Site) -> None:
    site.say("/a", moved("/b", status="301 Moved Permanently"))
    site.say("/b", moved("c?d=1#e", status="307 Temporary Redirect"))
    site.page("/c?d=1", article())

    answer = fetch(site.url("/a"))

    assert answer.outcome is Outcome.OK
    assert answer.final_url == site.url("/c?d=1")
    assert [one.url for one in answer.exchanges] == [site.url("/a"), site.url("/b"), site.url("/c?d=1")]


def test_redirects_in_a_circle_are_seen(site: Site) -> None:
    site.say("/a", moved("/b"))
    site.say("/b", moved("/a"))

    answer = fetch(site.url("/a"))

    assert (answer.outcome, answer.reason) == (Outcome.UNREACHABLE, "redirects that lead in a circle")
    assert site.asked() == ["/a", "/b"]


def test_redirects_without_end_are_left_after_ten(site: Site) -> None:
    for number in range(20):
        site.say(f"/{number}", moved(f"/{number + 1}"))

    answer = fetch(site.url("/0"))

    assert (answer.outcome, answer.reason) == (Outcome.UNREACHABLE, "more than 10 redirects")
    assert len(site.asked()) == 11


def test_a_page_that_sends_us_to_itself_with_a_cookie_is_no_circle(site: Site) -> None:
    site.say("/a", moved("/set"))
    site.say("/set", moved("/a", "Set-Cookie: seen=1"))
    answers = iter([moved("/set"), http(article())])
    site.say("/a", next(answers))

    def then(path: str = "/a") -> None:
        while len(site.asked()) < 2:
            time.sleep(0.005)
        site.say("/a", next(answers))

    site.say("/set", 0.1, moved("/a", "Set-Cookie: seen=1"))
    waiting = threading.Thread(target=then)
    waiting.start()
    answer = fetch(site.url("/a"))
    waiting.join()

    assert answer.outcome is Outcome.OK
    assert site.asked() == ["/a", "/set", "/a"]
    assert site.requests[-1].header("cookie") == "seen=1"


def test_cookies_of_one_source_are_never_sent_for_another(site: Site) -> None:
    site.page("/a", article(), "Set-Cookie: who=you")
    site.page("/b", article())
    list(Answering(SETTINGS, now).fetch([Wanted("a", site.url("/a")), Wanted("b", site.url("/b"))]))

    assert site.asked() == ["/a", "/b"]
    assert site.requests[-1].header("cookie") == ""


def test_a_long_body_of_a_redirect_is_not_read(site: Site) -> None:
    endless = b"HTTP/1.1 302 Found\r\nLocation: /b\r\nContent-Length: 100000000\r\n\r\n" + b"x" * 200_000
    site.say("/a", endless, 60.0)
    site.page("/b", article())

    began = time.monotonic()
    answer = fetch(site.url("/a"))

    assert answer.outcome is Outcome.OK
    assert len(answer.exchanges[0].body) == 64 * 1024
    assert time.monotonic() - began < 4


# --- answers that go wrong ---------------------------------------------------------------------------

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("steps", "outcome", "words"),
    [
        pytest.param(
            (HEAD + b"Content-Length: 9999\r\n\r\nshort",), Outcome.UNREACHABLE, "broke off", id="length too long"
        ),
        pytest.param((CHUNKED + b"5\r\nhello\r\n",), Outcome.UNREACHABLE, "broke off", id="chunks cut"),
        pytest.param((CHUNKED + b"zz\r\nhello\r\n",), Outcome.UNREACHABLE, "", id="chunks garbled"),
        pytest.param((b"SSH-2.0-OpenSSH_9\r\n",), Outcome.UNREACHABLE, "not HTTP", id="another protocol"),
        pytest.param((b"",), Outcome.UNREACHABLE, "without an answer", id="nothing at all"),
        pytest.param((HEAD + b"X: y",), Outcome.UNREACHABLE, "", id="cut in the head"),
        pytest.param(
            (http(b"no gzip", "Content-Encoding: gzip"),), Outcome.UNREACHABLE, "not gzip", id="false encoding"
        ),
        pytest.param(
            (http(gzip.compress(article())[:-9], "Content-Encoding: gzip"),),
            Outcome.UNREACHABLE,
            "too early",
            id="gzip cut",
        ),
        pytest.param(
            (http(gzip.compress(b"0" * 5_000_000), "Content-Encoding: gzip"),),
            Outcome.WRONG_TYPE,
            "decodes to",
            id="bomb",
        ),
        pytest.param(
            (HEAD + b"Content-Length: 9000000\r\n\r\n", 30.0), Outcome.WRONG_TYPE, "larger than 1 MB", id="huge"
        ),
        pytest.param(
            (HEAD + b"\r\n" + b"x" * 3_000_000,), Outcome.WRONG_TYPE, "larger than 1 MB", id="huge, unannounced"
        ),
        pytest.param((moved("javascript:alert(1)"),), Outcome.UNREACHABLE, "without a usable target", id="no target"),
        pytest.param((moved("http://[::1"),), Outcome.UNREACHABLE, "without a usable target", id="garbled target"),
        pytest.param(
            (moved("http://10.0.0.7/"),), Outcome.REFUSED_BY_POLICY, "10.0.0.7 is private", id="to a private one"
        ),
        pytest.param((moved("http://0x7f.1:1/"),), Outcome.UNREACHABLE, "refused", id="to a port where nobody listens"),
    ],
)
def test_a_bad_answer_is_an_outcome(site: Site, steps: tuple[bytes | float, ...], outcome: Outcome, words: str) -> None:
    site.say("/", *steps)

    answer = fetch(site.url("/"))

    assert answer.outcome is outcome, answer.reason
    assert words in answer.reason
    assert answer.body == b""


def test_a_server_without_tls_is_named_as_that() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer_all() -> None:
            with contextlib.suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    connection.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
                    connection.close()

        threading.Thread(target=answer_all, daemon=True).start()
        answer = fetch(f"https://127.0.0.1:{server.getsockname()[1]}/")
        server.shutdown(socket.SHUT_RDWR)

    assert answer.outcome is Outcome.UNREACHABLE
    assert answer.reason.startswith("TLS: ")


def test_a_page_without_a_length_ends_with_its_connection(site: Site) -> None:
    site.say("/", HEAD + b"\r\n", 0.05, article())

    assert fetch(site.url("/")).body == article()


def test_chunks_are_put_together(site: Site) -> None:
    site.say("/", CHUNKED, *(b"%x\r\n%s\r\n" % (len(part), part) for part in (article(), article())), b"0\r\n\r\n")

    assert fetch(site.url("/")).body == article() + article()


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param((30.0,), id="silence"),
        pytest.param((HEAD, *([b"X-Slow: y\r\n", 0.2] * 100)), id="a head that drips"),
        pytest.param((HEAD + b"\r\n", *([b"x", 0.2] * 100)), id="a body that drips"),
    ],
)
def test_a_slow_server_is_left_at_the_deadline(site: Site, steps: tuple[bytes | float, ...]) -> None:
    site.say("/", *steps)

    began = time.monotonic()
    answer = fetch(site.url("/"), replace(SETTINGS, timeout_s=1.0))

    assert (answer.outcome, answer.reason) == (Outcome.UNREACHABLE, "no whole answer within 1 s")
    assert time.monotonic() - began < 2.2


def test_the_deadline_is_over_all_redirects(site: Site) -> None:
    for number in range(8):
        site.say(f"/{number}", 0.4, moved(f"/{number + 1}"))

    began = time.monotonic()
    answer = fetch(site.url("/0"), replace(SETTINGS, timeout_s=1.0))

    assert answer.outcome is Outcome.UNREACHABLE
    assert time.monotonic() - began < 2.2


# --- asking again ------------------------------------------------------------------------------------


def test_an_unchanged_page_is_ok_without_a_body(site: Site) -> None:
    site.say("/", b'HTTP/1.1 304 Not Modified\r\nETag: "x1"\r\n\r\n')

    answer = fetch(site.url("/"), etag='"x1"', last_modified="Tue, 07 Apr 2026 09:00:00 GMT")

    assert (answer.outcome, answer.reason, answer.status, answer.body) == (Outcome.OK, "unchanged", 304, b"")
    assert site.requests[-1].header("if-none-match") == '"x1"'
    assert site.requests[-1].header("if-modified-since") == "Tue, 07 Apr 2026 09:00:00 GMT"


def test_unchanged_means_nothing_to_those_who_hold_no_copy(site: Site) -> None:
    site.say("/", b"HTTP/1.1 304 Not Modified\r\n\r\n")

    assert fetch(site.url("/")).outcome is Outcome.UNREACHABLE


def test_a_stored_etag_cannot_smuggle_a_header_in(site: Site) -> None:
    site.page("/", article())
    fetch(site.url("/"), etag='"x"\r\nX-Evil: 1')

    assert b"Evil" not in site.requests[-1].head


ROUNDING_S = 1e-6  # of sums of times


# --- politeness --------------------------------------------------------------------------------------


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause_between(site: Site) -> None:
    settings = replace(SETTINGS, delay_s=0.2)
    for number in range(4):
        site.say(f"/{number}", 0.05, http(article()))
    wanted = [Wanted(str(number), site.url(f"/{number}")) for number in range(4)]
    fetcher = Answering(settings, now)
    answers = list(fetcher.fetch(wanted))

    pauses = [later - earlier for (_, earlier), (_, later) in itertools.pairwise(fetcher.sent)]

    assert len(answers) == 4
    assert len(site.requests) == len(fetcher.sent) == 5  # robots.txt is a request too
    assert min(pauses) >= 0.2 - ROUNDING_S
    assert site.busiest == 1


def test_many_hosts_are_asked_at_once_up_to_the_setting(site: Site) -> None:
    site.say("/", 0.3, http(article()))
    wanted = [Wanted(str(number), site.url("/", f"127.0.1.{number}")) for number in range(1, 13)]
    answers = list(Answering(replace(SETTINGS, hosts=4), now).fetch(wanted))

    assert {answer.outcome for answer in answers if isinstance(answer, Fetched)} == {Outcome.OK}
    assert 2 <= site.busiest <= 4


def test_a_slow_host_holds_no_other_up(site: Site) -> None:
    site.say("127.0.2.1 /", 1.0, http(article()))
    site.page("/", article())
    wanted = [Wanted("slow", site.url("/", "127.0.2.1")), Wanted("quick", site.url("/", "127.0.2.2"))]

    assert [answer.source_id for answer in Answering(SETTINGS, now).fetch(wanted)] == ["quick", "slow"]


def test_a_host_that_is_asked_too_often_is_left_alone_for_the_rest_of_the_run(site: Site) -> None:
    site.page("/0", b"", "Retry-After: 120", status="429 Too Many Requests")
    wanted = [Wanted(str(number), site.url(f"/{number}")) for number in range(5)]
    first, *others = Answering(SETTINGS, now).fetch(wanted)

    assert isinstance(first, Fetched)
    assert first.outcome is Outcome.LIMITED
    assert "retry after 120" in first.reason
    assert all(isinstance(other, NotAsked) for other in others)
    assert site.asked() == ["/0"]


# --- one stream --------------------------------------------------------------------------------------


def test_leaving_early_stops_at_once_and_asks_for_nothing_more(site: Site) -> None:
    site.say("/0", http(article()))
    for number in range(1, 50):
        site.say(f"/{number}", 20.0)
    answers = Answering(SETTINGS, now).fetch(Wanted(str(number), site.url(f"/{number}")) for number in range(50))
    next(answers)

    began = time.monotonic()
    answers.close()  # type: ignore[attr-defined]
    left = time.monotonic() - began
    asked = len(site.requests)
    time.sleep(0.2)

    assert left < 1.0
    assert len(site.requests) == asked
    assert not [one for one in threading.enumerate() if one.name == "fetch"]


def test_an_interrupt_is_heard_while_everybody_is_silent(site: Site) -> None:
    site.say("/", 20.0)
    timer = threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT))
    timer.start()

    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        fetch(site.url("/"))

    assert time.monotonic() - began < 2.0
    assert not [one for one in threading.enumerate() if one.name == "fetch"]


def test_wanted_is_consumed_as_it_is_needed_and_in_the_callers_thread(site: Site) -> None:
    site.page("/", article())
    taken: list[int] = []
    threads: set[int] = set()

    def wanted() -> Iterator[Wanted]:
        for number in range(5_000):
            taken.append(number)
            threads.add(threading.get_ident())
            yield Wanted(str(number), site.url("/"))

    answers = Answering(SETTINGS, now).fetch(wanted())
    for _ in range(3):
        next(answers)
    answers.close()  # type: ignore[attr-defined]

    assert len(taken) <= 1_100
    assert threads == {threading.get_ident()}


def test_one_host_with_many_sources_starves_nobody(site: Site) -> None:
    site.page("/", article())
    wanted = [Wanted(f"many {number}", site.url("/")) for number in range(200)]
    wanted.append(Wanted("other", site.url("/", "127.0.3.1")))
    order = [answer.source_id for answer in Answering(replace(SETTINGS, delay_s=0.01), now).fetch(wanted)]

    assert len(order) == 201
    assert order.index("other") < 20


def test_nothing_wanted_is_nothing_asked() -> None:
    assert list(Answering(SETTINGS, now).fetch([])) == []


def test_what_breaks_in_the_callers_list_ends_the_run_with_that(site: Site) -> None:
    def wanted() -> Iterator[Wanted]:
        yield Wanted("one", site.url("/"))
        raise RuntimeError("the list broke")

    with pytest.raises(RuntimeError, match="the list broke"):
        list(Answering(SETTINGS, now).fetch(wanted()))


# --- no network --------------------------------------------------------------------------------------


def test_a_source_behind_nobody_is_unreachable_once_something_answered(site: Site) -> None:
    site.say("/", 0.3, http(article()))
    gone = Wanted("gone", "http://no-such-host.invalid/")

    by_id = {one.source_id: one for one in Answering(SETTINGS, now).fetch([gone, Wanted("there", site.url("/"))])}

    answer = by_id["gone"]
    assert isinstance(answer, Fetched)
    assert answer.outcome is Outcome.UNREACHABLE
    assert "no-such-host.invalid" in answer.reason


def test_without_a_network_nobody_was_asked_and_it_shows_within_seconds() -> None:
    wanted = [Wanted(str(number), f"https://host{number}.invalid/") for number in range(1_500)]

    began = time.monotonic()
    answers = list(Answering(FetchSettings(), now).fetch(wanted))

    assert len(answers) == 1_500
    assert {one.source_id for one in answers} == {one.source_id for one in wanted}
    assert all(isinstance(one, NotAsked) and one.why.startswith("no network") for one in answers)
    assert time.monotonic() - began < 10
