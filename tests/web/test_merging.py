"""Saying in the browser that two sources are one work: the same guards as for every other word."""

from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace

from sourcebook.errors import UsageError
from sourcebook.records import MergedSource
from tests.web.shelf import ID, NOW, RECORD, Shelf
from tests.web.test_corrections import HERE, client, token_in

ADDRESS = f"/sources/{ID}/merge"
FORM = {"other": "https://one.example/paper.pdf", "why": "the same paper", "who": "Ann"}
OTHER = MergedSource(
    "0123456789abcdef", "sid_0000000000", "https://one.example/paper.pdf", "Ann", NOW, "<b>the same</b>"
)


@dataclass
class Noted:
    """A desk that notes what it is given."""

    taken: list[object] = field(default_factory=list)

    def merge(self, any_id, into, signed):
        if signed.why == "":
            raise UsageError("a merge says why", "fill it in")
        self.taken.append((any_id, into, signed.who, signed.why))

    def part(self, any_id, signed):
        self.taken.append((any_id, signed.who))


def send(browser, headers=None, **changes):
    form = {"token": token_in(browser), **FORM, **changes}
    return browser.post(ADDRESS, data=form, headers={"origin": HERE} if headers is None else headers)


def test_another_source_is_merged_into_the_record_that_says_so():
    desk = Noted()
    answer = send(client(desk))

    assert (answer.status_code, answer.headers["location"]) == (303, f"/sources/{ID}#same-work")
    assert desk.taken == [("https://one.example/paper.pdf", ID, "Ann", "the same paper")]


def test_it_can_be_taken_back():
    desk = Noted()

    assert send(client(desk), undo="1", other=OTHER.id).status_code == 303
    assert desk.taken == [(OTHER.id, "Ann")]


@pytest.mark.parametrize(
    ("headers", "changes", "status"),
    [
        pytest.param({"origin": "https://evil.example"}, {}, 403, id="another site"),
        pytest.param(None, {"token": "guessed"}, 403, id="a guessed token"),
        pytest.param(None, {"why": ""}, 400, id="what the desk refuses"),
    ],
)
def test_what_may_not_be_taken_is_refused(headers, changes, status):
    desk = Noted()

    assert send(client(desk), headers, **changes).status_code == status
    assert desk.taken == []


def test_the_record_lists_what_shares_it():
    shelf = Shelf((replace(RECORD, merged=(OTHER,)),))
    text = client(Noted(), shelf).get(f"/sources/{ID}").text
    read_only = client(None, shelf).get(f"/sources/{ID}").text

    assert "Same work" in text
    assert f'name="other" value="{OTHER.id}"' in text
    assert "&lt;b&gt;the same&lt;/b&gt;" in text
    assert OTHER.stable_id in read_only
    assert "Take back" not in read_only
    assert "Same work" not in client().get(f"/sources/{ID}").text
