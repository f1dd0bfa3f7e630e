"""What the documents of the tests are set from: titles, people, dates, and sentences that stand once and in order."""

from dataclasses import dataclass

import typst

TITLES = (
    "Efficient offices: what a five-day waffle ban did to the traffic of an affluent city",
    "The cost of counting",
    "On the reliability of self-reported safeguards in small municipal councils",
    "Do fire drills work? Evidence from 214 schools",
    "A Survey of Quiet Failures in Public Registers",
    "Learning to Rank Ferries by Their Official Timetables",
    "Final report on the flooding of the lower fields",
    "Why auditors differ",
    "Open weights, closed minutes: a history of one committee",
    "Measuring What Was Promised",
    "Towards a fair allocation of ferry berths under uncertainty",
    "Nine theses on the archive",
)
PEOPLE = (
    ("Ada Merrow", "Filip Offerman", "Jun Takeda"),
    ("Inés Fiallo",),
    ("Greta Flach", "Oluwaseun Affleck"),
    ("Marta Ruffini", "Deniz Kaya", "Peter van der Fliet", "Sofie Aaby"),
)
DATES = (("12 March 2024", "2024-03-12"), ("June 2021", "2021-06"), ("September 3, 2019", "2019-09-03"))
PLACES = "Affing Orrell Tuffnell Wiffen Baffin Stiffkey Lindfield Coffsby Raffles Diffwood Fleet Suffolk".split()
NUMBERS = "four eleven thirty fifty-five ninety-one six hundred two thousand".split()


@dataclass(frozen=True)
class Made:
    """A document, and what is true of it."""

    name: str
    body: bytes
    title: str
    authors: tuple[str, ...]
    published: str
    sentences: tuple[str, ...]  # in the order in which a reader meets them
    notes: tuple[str, ...] = ()
    running: tuple[str, ...] = ()  # stands on every page, and is no text


@dataclass(frozen=True)
class Matter:
    """What a document is set from."""

    number: int

    @property
    def title(self) -> str:
        return TITLES[self.number % len(TITLES)]

    @property
    def authors(self) -> tuple[str, ...]:
        return PEOPLE[self.number % len(PEOPLE)]

    @property
    def date(self) -> tuple[str, str]:
        return DATES[self.number % len(DATES)]

    def sentences(self, count: int, first: int = 0) -> list[str]:
        return [_sentence(self.number, first + index) for index in range(count)]


def _sentence(document: int, index: int) -> str:
    place = PLACES[(document * 5 + index) % len(PLACES)]
    count = NUMBERS[(document + index * 3) % len(NUMBERS)]
    other = PLACES[(document + index * 7 + 3) % len(PLACES)]
    nth = ordinal(index + 1)
    begins = (
        f"In its {nth} finding the office of {place} confirmed {count} sufficient efforts to reflect the",
        f"For the {nth} time, officials of {place} identified {count} difficult files and sent them to the",
        f"The {nth} chapter of the affidavit specifies how {place} finally classified {count} offers by the",
    )
    return f"{begins[index % 3]} configuration that the affiliates in {other} had first defined."


def ordinal(number: int) -> str:
    ones = "zeroth first second third fourth fifth sixth seventh eighth ninth".split()
    tens = "decimal twenty thirty forty fifty sixty seventy eighty ninety".split()
    ten, one = divmod(number, 10)
    return ones[one] if not ten else f"{tens[ten - 1]}-{ones[one]}"


def paragraphs(sentences: list[str], each: int = 5) -> str:
    return "\n\n".join(" ".join(sentences[start : start + each]) for start in range(0, len(sentences), each))


def typeset(source: str, matter: Matter, said: str | None = None) -> bytes:
    """Typeset. `said` is what the file says of itself as its title."""
    title = f"title: [{said}], " if said is not None else ""
    head = f"#set document({title}date: datetime(year: 2025, month: 5, day: 5))\n"
    return bytes(typst.compile((head + source).encode()))
