"""Whether a text says in one place what a claim says at once."""

import pytest

from sourcebook.types.documents import Document
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import Support, Verdict
from sourcebook.verify import judge_words
from sourcebook.verify.coefficients import coefficients
from sourcebook.verify.features import evidence
from sourcebook.verify.local_judge import enough
from sourcebook.verify.reading import read
from sourcebook.verify.together import is_scattered, nearness, order

CLAIM = "The Bergen yard built electric ferries for the harbour council."
TOLD = "In the spring the Bergen yard built seven electric ferries for the harbour council of Oslo."
FILLER = "It rained in the valley. Bees were counted by hand. A choir sang of the sea. Nobody spoke of it again. "
APART = (
    f"The Bergen road is long. {FILLER}A yard has a gate. {FILLER}A wall was built. {FILLER}The electric light hums. "
    f"{FILLER}Some ferries sail. {FILLER}The harbour is deep. {FILLER}The council met."
)
TURNED = "Council harbour ferries: electric, built yard Bergen."


def scattered(text: str, claim: str = CLAIM) -> bool:
    source = read(text)
    return is_scattered(read(claim), source, range(len(source.sentences)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(TOLD, False, id="in one sentence, with other words between"),
        pytest.param(f"{FILLER}{TOLD} {FILLER}", False, id="somewhere in the text"),
        pytest.param("The Bergen yard built electric ferries. They are for the harbour council.", False, id="in two"),
        pytest.param(APART, True, id="far apart"),
        pytest.param(TURNED, True, id="in another order"),
        pytest.param(FILLER, True, id="nowhere"),
        pytest.param("", True, id="no text"),
    ],
)
def test_words_are_scattered_where_no_place_has_them_together_and_in_order(text: str, expected: bool) -> None:
    assert scattered(text) is expected


def test_a_claim_of_few_words_is_scattered_nowhere() -> None:
    assert not scattered(APART, "The Bergen yard built ferries.")


def test_all_of_a_claim_is_near_and_in_order_in_itself_and_none_in_nothing() -> None:
    claim = read(CLAIM)

    assert (nearness(claim, claim), order(claim, claim, (0,))) == (1.0, 1.0)
    assert (nearness(claim, read("")), order(claim, read(""), ())) == (0.0, 0.0)
    assert (nearness(read("a"), claim), order(read("a"), claim, (0,))) == (1.0, 1.0)
    assert (nearness(claim, read(APART)), nearness(claim, read(TOLD))) == (0.0, 1.0)


@pytest.mark.parametrize(
    ("claim", "lower"),
    [
        pytest.param(CLAIM, True, id="every name is there"),
        pytest.param("Ferries were built.", True, id="no name"),
        pytest.param(CLAIM.replace("Bergen", "Gdansk"), False, id="a name is not"),
        pytest.param(CLAIM.replace("Bergen", "Bergen Larsen"), False, id="half of a name is"),
    ],
)
def test_more_is_asked_of_a_claim_with_a_name_that_the_text_lacks(claim: str, lower: bool) -> None:
    known = coefficients()

    assert known.supported_from < known.supported_without_a_name
    assert (enough(evidence(read(claim), read(TOLD))) == known.supported_from) is lower


def test_what_a_source_says_far_apart_does_not_support_a_claim_and_that_is_told() -> None:
    told, apart = (judge_words(Claim("c", CLAIM, "", "", 0, len(CLAIM)), Document(text=text)) for text in (TOLD, APART))

    assert isinstance(told, Verdict)
    assert isinstance(apart, Verdict)
    assert (told.support, apart.support) == (Support.SUPPORTED, Support.PARTIAL)
    assert apart.probability <= 0.35 < told.probability
    assert apart.why.endswith("far apart or in another order")
    assert "far apart" not in told.why
