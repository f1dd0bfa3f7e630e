"""PDF: words in order, whole and without running heads; and a clear word when there are none."""

import pypdfium2
import pytest

from sourcebook.errors import NonTextError, StepError
from sourcebook.extract import About, extract
from sourcebook.types.sources import SourceType
from tests.extract.pdfs import LOCKED, Line, paragraph, pdf, scanned

ABSTRACT = (
    "We ask what was left of the sixty tests that the council had planned before it published the weights of its model."
    " Of the sixty, forty were dropped and twelve were shortened. We find that nobody had decided to drop them."
)
BODY = (
    "The council met on four Mondays in spring, and its minutes are the source of everything that is said below. " * 4
)


def read(body):
    return extract(body, About("https://a.example/report.pdf", "application/pdf"))


def report(info=None):
    pages = []
    for number in range(1, 5):
        top = [Line(f"Journal of Invented Results, volume {number}", y=770, size=9)]
        opening = ("Spring came first.", "Summer was long.", "Autumn was wet.", "Winter ended it.")[number - 1]
        middle = paragraph(f"{opening} {BODY} {opening}", 420 if number == 1 else 700)
        pages.append([*top, *middle, Line(str(number), x=300, y=30, size=9)])
    pages[0][1:1] = [
        Line("What was left of sixty tests", y=730, size=20),
        Line("Jane Doe", y=700),
        Line("Abstract", y=670),
        *paragraph(ABSTRACT, 650),
        Line("1 Introduction", y=480),
        Line("https://doi.org/10.5555/inv.2024.7", y=450, size=9),
    ]
    return pdf(pages, info)


def test_fields_are_read_from_the_file_and_its_first_page():
    document = read(
        report({"Title": "Microsoft Word - draft7.docx", "Author": "Doe, Jane", "CreationDate": "D:20240305"})
    )

    assert document.title == "What was left of sixty tests"
    assert document.authors == ("Jane Doe",)
    assert document.published == "2024-03-05"
    assert (document.doi, document.identifiers) == ("10.5555/inv.2024.7", ("doi:10.5555/inv.2024.7",))
    assert document.language == "en"
    assert document.description == ABSTRACT
    assert document.type is SourceType.PAPER
    assert document.pages == 4
    assert document.origins == {
        "title": "page 1", "authors": "PDF Author", "published": "PDF CreationDate", "doi": "page 1",
        "description": "abstract", "type": "page 1", "identifiers": "page 1", "language": "text",
    }  # fmt: skip


def test_a_sensible_title_of_the_file_that_its_first_page_repeats_is_taken():
    document = read(report({"Title": "What was left of Sixty Tests"}))

    assert document.title == "What was left of Sixty Tests"
    assert document.origins["title"] == "PDF Title"


@pytest.mark.parametrize("author", ["jdoe", "Microsoft Office User", "admin"])
def test_a_login_name_is_no_author_and_the_page_is_asked(author):
    document = read(report({"Author": author}))

    assert document.authors == ("Jane Doe",)
    assert document.origins["authors"] == "page 1"


def test_running_heads_and_page_numbers_are_no_text():
    text = read(report()).text

    assert "Autumn was wet." in text
    assert "Journal of Invented Results" not in text
    assert "\n3\n" not in text


@pytest.mark.parametrize(
    ("body", "message"),
    [
        pytest.param(pdf([[Line("Words behind a lock")]], encrypt=LOCKED), "is locked with a password", id="encrypted"),
        pytest.param(scanned(3), ": its pages are pictures", id="scanned"),
        pytest.param(pdf([[], []]), ": its pages are pictures", id="empty pages"),
        pytest.param(b"%PDF-1.7\n" + bytes(range(256)), "is damaged", id="damaged"),
    ],
)
def test_a_file_without_words_says_so(body, message):
    with pytest.raises(StepError) as caught:
        read(body)

    assert "PDF of 'https://a.example/report.pdf'" in caught.value.message
    assert caught.value.message.endswith(message)
    assert caught.value.hint


def test_pages_that_are_pictures_are_told_from_a_damaged_file_by_a_code():
    pictures = pypdfium2.PdfDocument(scanned(2, {"Title": "Minutes of the council"}))
    with pytest.raises(NonTextError) as caught:
        read(scanned(2, {"Title": "Minutes of the council"}))
    with pytest.raises(StepError) as damaged:
        read(b"%PDF-1.7\n" + bytes(range(256)))

    assert [len(list(page.get_objects())) for page in pictures] == [1, 1]
    assert caught.value.message.startswith("non_text: no text layer in PDF of ")
    assert not NonTextError.is_told_by(damaged.value.message)


@pytest.mark.parametrize("cut", range(50, 2_000, 130))
def test_a_file_with_a_hole_in_it_crashes_nothing(cut):
    body = report()
    try:
        document = read(body[:cut] + b"\xff" * 40 + body[cut + 90 :])
    except StepError as error:
        assert error.hint
    else:
        assert document.pages
