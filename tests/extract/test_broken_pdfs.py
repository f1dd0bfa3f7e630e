"""Three hundred malformed PDF files: an answer for each, in seconds, from a process that lives on."""

import random
from collections.abc import Iterator

from sourcebook.engine import Done, Failed
from sourcebook.engine.workers import Workers
from sourcebook.errors import StepError
from sourcebook.extract import About, extract
from tests.extract.pdfs import Line, paragraph, pdf

WORDS = "The council met on four Mondays in spring, and its minutes are the source of all that is said below. " * 12
WHOLE = pdf(
    [[Line("What was left of sixty tests", y=740, size=20), *paragraph(WORDS, 700)] for _ in range(4)],
    {"Title": "What was left of sixty tests", "Author": "Jane Doe", "CreationDate": "D:20240305"},
)
HUGE = (b"99999999999999999999", b"-2147483649", b"4294967296", b"1e308", b"0", b"-1")

# each is a rule of the format bent into a ring, or a number that no file can mean
TWISTS: tuple[tuple[bytes, bytes], ...] = (
    (b"/Kids [4 0 R", b"/Kids [2 0 R"),  # a page tree that holds itself
    (b"/Kids [4 0 R", b"/Kids [" + b"2 0 R " * 5_000),
    (b"/Parent 2 0 R", b"/Parent 4 0 R"),
    (b"/Count 4", b"/Count 2147483647"),
    (b"/Count 4", b"/Count -4"),
    (b"/Count 4", b"/Count 1"),
    (b"/Pages 2 0 R", b"/Pages 1 0 R"),
    (b"/Contents 5 0 R", b"/Contents 4 0 R"),
    (b"/Contents 5 0 R", b"/Contents [5 0 R 5 0 R 5 0 R 99 0 R]"),
    (b"/Size 12", b"/Size 4294967295"),
    (b"/Root 1 0 R", b"/Root 99 0 R"),
    (b"/Root 1 0 R", b"/Root 1 0 R /Prev 0"),
    (b"/Info", b"/XRefStm 9 /Info"),
    (b"/MediaBox [0 0 612 792]", b"/MediaBox [0 0 1e38 1e38]"),
    (b"/MediaBox [0 0 612 792]", b"/MediaBox [0 0 0 0]"),
    (b"/MediaBox [0 0 612 792]", b"/Rotate 45 /MediaBox [612 792 0 0]"),
    (b"11 Tf", b"1e30 Tf"),
    (b"11 Tf", b"-11 Tf"),
    (b"/Length", b"/Filter [/FlateDecode /FlateDecode /ASCII85Decode] /Length"),
    (b"/Type /Font", b"/Type /Font /ToUnicode 3 0 R"),
    (b"stream", b"stream" + b"q " * 100_000),
    (b"BT", b"BT " + b"[" * 20_000),
    (b"<< /Type /Catalog", b"<< " * 2_000 + b"/Type /Catalog"),
    (b"startxref", b"startxref\n0\n%"),
)


def broken() -> Iterator[bytes]:
    """Mutations of one file, the same at each run."""
    chance = random.Random(5)
    loop = WHOLE.rindex(b"xref\n0")
    for old, new in TWISTS:
        yield WHOLE.replace(old, new)
        yield WHOLE.replace(old, new, 1)
    yield WHOLE.replace(b"trailer\n<<", b"trailer\n<< /Prev %d" % loop)  # a table that follows itself
    for _ in range(60):
        yield WHOLE[: chance.randrange(len(WHOLE))]
    for _ in range(60):
        yield WHOLE[: 20 + chance.randrange(200)] + WHOLE[chance.randrange(len(WHOLE)) :]
    for _ in range(90):
        body = bytearray(WHOLE)
        for _ in range(chance.choice((1, 5, 50, 400))):
            body[chance.randrange(9, len(body))] ^= 1 << chance.randrange(8)
        yield bytes(body)
    for _ in range(50):
        numbers = [place for place in range(len(WHOLE) - 1) if WHOLE[place : place + 1].isdigit()]
        place = chance.choice(numbers)
        yield WHOLE[:place] + chance.choice(HUGE) + WHOLE[place + 1 :]


def read_or_refuse(body: bytes) -> str:
    try:
        document = extract(body, About("https://a.example/broken.pdf", "application/pdf"))
    except StepError as error:
        assert error.hint
        return ""
    assert document.text
    return document.text


def test_no_malformed_file_kills_or_holds_up_its_reader() -> None:
    bodies = list(broken())
    answers = list(Workers(2, deadline_s=15, most_mb=500).each(read_or_refuse, bodies))

    assert len(bodies) >= 300
    assert [answer.message for answer in answers if isinstance(answer, Failed)] == []
    assert len(answers) == len(bodies)
    read = [answer.result for answer in answers if isinstance(answer, Done)]
    assert sum("four Mondays" in text for text in read) > 100, "most of the words survive small damage"
