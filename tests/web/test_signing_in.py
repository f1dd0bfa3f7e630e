"""Writing from the browser by those who have a token: nobody else, by no detour, and never from another site."""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from sourcebook.errors import NotFoundError, UsageError
from sourcebook.store import Tokens
from sourcebook.types.reviews import ReviewField
from sourcebook.web.access import COOKIE, LASTS, MOST_ATTEMPTS, MOST_ATTEMPTS_IN_ALL, WITHIN, SignedIn
from sourcebook.web.app import make_app
from tests.web.conftest import TestClient
from tests.web.shelf import ID, Shelf
from tests.web.test_corrections import FORM, Noted

SITE = "http://library.example"
NOW = datetime(2026, 4, 7, 9, tzinfo=UTC)


@dataclass
class Door:
    """A library that is served to all, and a clock."""

    tokens: Tokens
    desk: Noted = field(default_factory=Noted)
    now: datetime = NOW

    def browser(self, address="192.0.2.1", base_url=SITE):
        known = lambda name: any(one.name == name for one in self.tokens.all())  # noqa: E731
        self.access = getattr(self, "access", None) or SignedIn(self.tokens.name_of, known, lambda: self.now)
        app = make_app(Shelf(), self.desk, self.access)
        return TestClient(app, base_url=base_url, client=(address, 5000), follow_redirects=False)


@pytest.fixture
def door(tmp_path):
    return Door(Tokens(tmp_path))


@pytest.fixture
def secret(door):
    return door.tokens.add("ada", NOW)


def sign_in(browser, secret, **headers):
    return browser.post("/sign-in", data={"secret": secret}, headers={"origin": SITE, **headers})


def form_token(browser):
    found = re.search(r'name="token" value="([^"]+)"', browser.get(f"/sources/{ID}").text)
    return found[1] if found else ""


def correct(browser, token, **headers):
    form = {**FORM, "token": token, "who": "Mallory"}
    return browser.post(f"/sources/{ID}/corrections", data=form, headers={"origin": SITE, **headers})


def test_who_has_a_token_signs_in_and_writes_under_their_own_name(door, secret):
    browser = door.browser()
    answer = sign_in(browser, secret)
    kept = correct(browser, form_token(browser))

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert kept.status_code == 303
    assert door.desk.taken == [(ID, {ReviewField.TITLE: ["A better title"]}, "ada", "it was changed")]


def test_the_cookie_is_kept_from_scripts_other_sites_and_open_lines(door, secret):
    plain = sign_in(door.browser(), secret).headers["set-cookie"]
    safe = door.browser(base_url="https://library.example")
    locked = safe.post("/sign-in", data={"secret": secret}, headers={"origin": "https://library.example"})

    assert "HttpOnly" in plain
    assert "SameSite=strict" in plain
    assert "Secure" in locked.headers["set-cookie"]
    assert secret not in plain


def test_who_has_not_signed_in_reads_and_writes_nothing(door, secret):
    browser = door.browser()
    page = browser.get(f"/sources/{ID}").text

    assert "Correct this record" not in page
    assert "/sign-in" in page
    assert correct(browser, "").status_code == 403
    assert browser.post(f"/sources/{ID}/capture", data={"token": ""}, headers={"origin": SITE}).status_code == 403
    assert door.desk.taken == []


@pytest.mark.parametrize(
    ("headers", "token"),
    [
        pytest.param({"origin": "https://evil.example"}, None, id="another site"),
        pytest.param({"origin": "null"}, None, id="a site that hides"),
        pytest.param({"origin": "http://library.example:99"}, None, id="another port"),
        pytest.param({}, "guessed", id="a guessed form token"),
        pytest.param({}, "", id="no form token"),
        pytest.param({"cookie": f"{COOKIE}=forged"}, None, id="a forged session"),
    ],
)
def test_a_form_that_is_not_ours_is_refused_though_its_reader_is_signed_in(door, secret, headers, token):
    browser = door.browser()
    sign_in(browser, secret)
    token = form_token(browser) if token is None else token
    if "cookie" in headers:
        browser.cookies.clear()

    assert correct(browser, token, **headers).status_code == 403
    assert door.desk.taken == []


def test_another_site_cannot_sign_a_reader_in(door, secret):
    assert sign_in(door.browser(), secret, origin="https://evil.example").status_code == 403


def test_a_session_ends_with_time_with_signing_out_and_with_its_token(door, secret):
    old, left, removed = door.browser(), door.browser(), door.browser()
    for browser in (old, left, removed):
        sign_in(browser, secret)
    tokens = [form_token(browser) for browser in (old, left, removed)]
    out = left.post("/sign-out", data={"token": tokens[1]}, headers={"origin": SITE})
    door.now = NOW + LASTS - timedelta(minutes=1)
    still = form_token(old)
    door.now = NOW + LASTS
    ended = form_token(old)
    door.now = NOW
    door.tokens.remove("ada")

    assert all(tokens)
    assert len(set(tokens)) == 3
    assert (out.status_code, form_token(left)) == (303, "")
    assert (still, ended) == (tokens[0], "")
    assert form_token(removed) == ""
    assert correct(removed, tokens[2]).status_code == 403


def test_attempts_are_limited_for_one_address_and_for_all(door, secret):
    browser, other = door.browser(), door.browser("198.51.100.7")
    wrong = [sign_in(browser, "wrong").status_code for _ in range(MOST_ATTEMPTS)]
    over = sign_in(browser, secret)
    theirs = sign_in(other, secret)
    door.now = NOW + WITHIN
    later = sign_in(browser, secret)

    assert wrong == [403] * MOST_ATTEMPTS
    assert (over.status_code, over.headers["retry-after"]) == (429, str(round(WITHIN.total_seconds())))
    assert (theirs.status_code, later.status_code) == (303, 303)

    for number in range(MOST_ATTEMPTS_IN_ALL):
        sign_in(door.browser(f"203.0.113.{number}"), "wrong")
    assert sign_in(door.browser("203.0.113.200"), secret).status_code == 429


def test_one_who_has_many_addresses_of_a_network_is_one(door, secret):
    for number in range(MOST_ATTEMPTS):
        sign_in(door.browser(f"2001:db8::{number}"), "wrong")

    assert sign_in(door.browser("2001:db8::ffff"), secret).status_code == 429


def test_asking_now_is_a_form_too(door, secret):
    browser = door.browser()
    sign_in(browser, secret)
    asked = browser.post(f"/sources/{ID}/capture", data={"token": form_token(browser)}, headers={"origin": SITE})

    assert (asked.status_code, asked.headers["location"]) == (303, f"/sources/{ID}#preview")
    assert door.desk.taken == [("capture", ID)]


# --- tokens ------------------------------------------------------------------------------------------


def test_a_token_is_kept_as_a_digest_only_and_only_for_its_owner(tmp_path):
    tokens = Tokens(tmp_path)
    secret = tokens.add("ada", NOW)
    (file,) = tmp_path.iterdir()

    assert secret not in file.read_text()
    assert file.stat().st_mode & 0o077 == 0
    assert (tokens.name_of(secret), tokens.name_of("x"), tokens.name_of("")) == ("ada", "", "")


def test_names_are_taken_once_and_taken_away(tmp_path):
    tokens = Tokens(tmp_path)
    first = tokens.add("ada", NOW)
    with pytest.raises(UsageError, match="has a token already"):
        tokens.add("ada", NOW)
    for name in ("", " ", "a\nb", "x" * 101):
        with pytest.raises(UsageError):
            tokens.add(name, NOW)
    tokens.remove("ada")

    assert tokens.name_of(first) == ""
    with pytest.raises(NotFoundError):
        tokens.remove("ada")
