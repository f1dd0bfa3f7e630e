"""What shares all its words with a source and says another thing; and what looks as if a source lacked it."""

import pytest

from sourcebook.types.documents import Document
from sourcebook.types.verdicts import Support, Unjudged, UnjudgedReason, Verdict
from sourcebook.verify import judge_words
from tests.verify.test_local_judge import claim

REST = " The yard employs many people along the fjord. Local papers have written of it for decades."


FOREIGN = frozenset("Die Le El".split())


def held(said: str, text: str) -> Verdict:
    rest = "" if said.split(maxsplit=1)[0] in FOREIGN else REST
    verdict = judge_words(claim(said), Document(text=text + rest))
    assert isinstance(verdict, Verdict)
    return verdict


@pytest.mark.parametrize(
    ("said", "text", "told"),
    [
        pytest.param(
            "Revenue reached $14 billion in 2023.", "Revenue reached €14 billion in 2023.", "€14", id="currency"
        ),
        pytest.param("The lake is 1,000 metres deep.", "The lake is 1,000 feet deep in the middle.", "feet", id="unit"),
        pytest.param("The strike lasted 12 weeks in all.", "The strike lasted 12 days in all.", "days", id="time"),
        pytest.param(
            "Unemployment rose by 3 percent in the region.",
            "Unemployment rose by 3 percentage points in the region.",
            "percentage points",
            id="points of a share",
        ),
        pytest.param("It fell to -5 degrees in January.", "It fell to 5 degrees in January.", "5", id="a minus"),
        pytest.param("More than 50 people were hurt.", "48 people were hurt in the fire.", "48", id="less than that"),
        pytest.param(
            "Two thirds of voters backed it.", "One third of voters backed it in May.", "One third", id="part"
        ),
        pytest.param("The CEO resigned on Monday.", "The CEO resigned on Tuesday.", "tuesday", id="weekday"),
        pytest.param("The yard came second in the race.", "The yard came third in the race.", "third", id="rank"),
        pytest.param("Anna Lindqvist chaired the board.", "Anna Holm chaired the board.", "Anna Holm", id="surname"),
        pytest.param(
            "Seven ferries were not sold to Bergen.",
            "The yard sold seven electric ferries to Bergen in 2023.",
            "nothing of the kind",
            id="a denial of what nobody denies",
        ),
        pytest.param(
            "The drug reduces mortality in adults.",
            "In no trial did the drug reduce mortality in adults.",
            "denies",
            id="a denial before its verb",
        ),
        pytest.param(
            "Die Brücke ist nicht gesperrt seit Mai.", "Die Brücke ist gesperrt seit Mai.", "nicht", id="German"
        ),
        pytest.param(
            "Le pont n'a jamais été ouvert au public.", "Le pont a été ouvert au public en mai.", "jamais", id="French"
        ),
    ],
)
def test_the_same_words_of_another_thing_are_no_support(said: str, text: str, told: str) -> None:
    verdict = held(said, text)

    assert verdict.support is not Support.SUPPORTED
    assert told in verdict.why


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param("Revenue reached $14 billion in 2023.", "Revenue reached 14bn dollars in 2023.", id="currency"),
        pytest.param("Revenue reached $14 billion in 2023.", "Revenue reached 14 billion in 2023.", id="none given"),
        pytest.param(
            "Revenue reached $14 billion in 2023.", "Revenue reached €14 billion ($14 billion) in 2023.", id="both"
        ),
        pytest.param("The lake is 1,000 metres deep.", "The lake is 1,000 m deep in the middle.", id="m"),
        pytest.param("More than 50 people were hurt.", "52 people were hurt in the fire.", id="more than that"),
        pytest.param("Two-thirds of voters backed it.", "Some 67% of voters backed it in May.", id="a share"),
        pytest.param("It fell to −5 °C in January.", "It fell to minus 5 degrees Celsius in January.", id="a minus"),
        pytest.param("No vessels were lost in the storm.", "Not a single vessel was lost in the storm.", id="a denial"),
        pytest.param("Anna Holm chaired the board.", "Anna Holm chaired the board; Anna Berg did not.", id="surname"),
        pytest.param("The CEO resigned on Monday.", "The CEO resigned on Monday, not on Tuesday.", id="weekday"),
    ],
)
def test_what_is_the_same_thing_stays_supported(said: str, text: str) -> None:
    assert held(said, text).support is Support.SUPPORTED


@pytest.mark.parametrize(
    ("said", "text"),
    [
        pytest.param("The lake is 1000 metres deep.", "The lake is 1 km deep at its centre.", id="in another unit"),
        pytest.param("They met at 2:30 pm in the hall.", "They met in the hall at 14:30.", id="on another clock"),
        pytest.param("It was the 21st race of the yard.", "It was the twenty-first race of the yard.", id="ordinal"),
        pytest.param(
            "It was the twenty-first race of the yard.", "It was the 21st race of the yard.", id="ordinal in words"
        ),
        pytest.param(
            "Die Brücke wurde gebaut und kostete 4,2 Millionen Mark.",
            "Die Brücke wurde gebaut; sie kostete 4.200.000 Mark.",
            id="German figures",
        ),
        pytest.param(
            "Le pont qui est sur le fleuve mesure 1 200 mètres.",
            "Le pont est sur le fleuve, et il mesure 1200 m.",
            id="French figures",
        ),
        pytest.param(
            "El 45 % de los votantes la apoyó.", "La apoyó el 45 por ciento de los votantes.", id="Spanish share"
        ),
    ],
)
def test_a_number_in_other_figures_is_not_told_as_missing(said: str, text: str) -> None:
    verdict = held(said, text)

    assert verdict.support is not Support.CONTRADICTED
    assert not verdict.missing


@pytest.mark.parametrize(
    "said", ["Die Brücke wurde 1952 eröffnet, nach dem Krieg.", "Sieben Fähren wurden nach Bergen verkauft."]
)
def test_a_short_claim_in_another_language_is_not_judged(said: str) -> None:
    text = (
        "The yard sold seven electric ferries to Bergen. The bridge was opened in 1932, and it has been closed since."
    )
    judgement = judge_words(claim(said), Document(text=text))

    assert isinstance(judgement, Unjudged)
    assert judgement.reason is UnjudgedReason.OTHER_LANGUAGE


@pytest.mark.parametrize(
    "said", ["Ursula von der Leyen chaired Meridian Group.", "Five die; police blame storms nearby."]
)
def test_names_with_words_of_another_language_are_judged(said: str) -> None:
    assert isinstance(
        judge_words(claim(said), Document(text="The storm of May was told of in the paper." + REST)), Verdict
    )
