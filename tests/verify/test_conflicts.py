"""Contradictions: said of an explicit conflict about the same thing, and of nothing else."""

import pytest

from sourcebook.types.documents import Completeness, Document
from sourcebook.types.pages import Claim
from sourcebook.types.verdicts import Support, UnjudgedReason
from sourcebook.verify import LOCAL, weigh

TEXT = """The Office reviewed the register in spring. A developer above the threshold spends about 640 hours of staff
time on its first notification, and about 210 hours on each later one. The cheapest removal cost 14 dollars,
the dearest 310 dollars, and the median was 87 dollars. Registration is not approval. Halden releases its
Atlas models through its own service and does not publish their weights. Second, nobody has yet tested it in
court. Sixty-one per cent of the firms used an open model in regular work. The hall is 50 feet long. In 2019
the council met in Bergen. The Office printed the list on 3 March 2024. None of the twelve defences withstood
more than 5,000 steps of training.
"""


def verdict(said: str, text: str = TEXT):
    return weigh(Claim("c", said, "", "", 0, len(said)), "s", Document(text=text))


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        pytest.param("A developer above the threshold spends 460 hours of staff time on its first notification.",
            "the claim says 460, the source 640", id="a number among others, told by the words around it"),
        pytest.param("A developer spends about 960 hours of staff time on its first notification.",
            "the claim says 960, the source 640", id="about a number that is not near"),
        pytest.param("The dearest cost 510 dollars.",
            "the claim says 510 dollars, the source 310 dollars", id="one of three sums"),
        pytest.param("Sixteen per cent of the firms used an open model in regular work.",
            "the claim says Sixteen per cent, the source Sixty-one per cent", id="a share"),
        pytest.param("In 2013 the council met in Bergen.", "the claim says 2013, the source 2019", id="a year"),
        pytest.param("The Office printed the list on 3 March 2019.",
            "the claim says 3 March 2019, the source 3 March 2024", id="a date with another year"),
        pytest.param("Registration is approval.", "the source denies what the claim says", id="a short denial"),
        pytest.param("Atlas by Halden is closed: the company publishes the weights.",
            "the source denies what the claim says", id="a denial in one clause of several"),
        pytest.param("The licence has already been tested in court, and that is all.",
            "the source denies what the claim says", id="nobody does"),
    ],
)  # fmt: skip
def test_an_explicit_conflict_is_a_contradiction(said, reason):
    answer = verdict(said)

    assert answer.support is Support.CONTRADICTED
    assert answer.why.startswith(reason)
    assert answer.probability < 0.1


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("A developer above the threshold spends about 600 hours of staff time on its first notification.",
            id="about a number that is near"),
        pytest.param("The dearest removal cost over 500 dollars.", id="more than a number"),
        pytest.param("The hall is 50 feet (15 m) long.", id="another unit in brackets"),
        pytest.param("In the 1990s the council met in Bergen.", id="a decade"),
        pytest.param("The Office printed the list on 9 May 2019.", id="a date of another day and year"),
        pytest.param("The yard in Oslo sold 14 boats to the developer.", id="another thing"),
        pytest.param("None of the twelve defences that were tested withstood more than 5,000 steps of training.",
            id="both deny"),
        pytest.param("Registration is not approval.", id="the same denial"),
        pytest.param("Halden does publish a list of the models that it releases through its own service.",
            id="a denial of something else"),
        pytest.param("Not only the Office printed the list.", id="not only is no denial"),
    ],
)  # fmt: skip
def test_what_is_no_conflict_is_no_contradiction(said):
    assert verdict(said).support is not Support.CONTRADICTED


def test_a_text_that_also_says_what_the_claim_says_does_not_contradict_it():
    also = f"{TEXT}\nFor the Office's purposes, registration is approval.\n"

    assert verdict("Registration is approval.", also).support is not Support.CONTRADICTED


def test_an_aside_denies_no_more_than_itself():
    said = 'He calls an audit that nobody can read "a reason to trust the auditor, not a reason to trust the model".'
    text = "An audit that nobody can read is a reason to trust the auditor, not a reason to trust the model."

    assert verdict(said, text).support is not Support.CONTRADICTED


def test_a_denial_by_somebody_else_is_no_conflict():
    text = "Esterhazy was not found guilty by a secret court in Paris. " + TEXT

    assert verdict("Dreyfus was found guilty by a secret court.", text).support is not Support.CONTRADICTED


def test_a_year_that_stands_elsewhere_does_not_carry_a_claim():
    met = "".join(f"The council met with the clerks of Bergen about {what}. " for what in ("tax", "roads", "boats"))
    far = f"{TEXT}\n\n{met}\n\n{'The clerks add to the list on every working day. ' * 12}\nThe office moved in 2021.\n"
    answer = verdict("In 2021 the council met in Bergen.", far)

    assert answer.support is not Support.SUPPORTED
    assert "2021 stands in the source, but not with what the claim says" in answer.why


@pytest.mark.parametrize(
    ("said", "support"),
    [
        pytest.param("The dearest removal cost 510 dollars.", Support.CONTRADICTED, id="another number"),
        pytest.param('The Office says that "registration is never approval" at all.', Support.PARTIAL, id="a quote"),
    ],
)
def test_what_a_part_says_otherwise_the_rest_of_the_work_does_not_mend(said, support):
    document = Document(text=TEXT, completeness=Completeness.ABSTRACT)
    answer = LOCAL.judge(Claim("c", said, "", "", 0, len(said)), "s", document, None)
    silent = LOCAL.judge(Claim("c", "The yard moved to Oslo.", "", "", 0, 23), "s", document, None)

    assert answer.support is support
    assert silent.reason is UnjudgedReason.ABSTRACT_ONLY
