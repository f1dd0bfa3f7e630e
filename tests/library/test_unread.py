"""A copy of which no program can read a word: it is said so wherever the source is met, and never counts as a pass."""

from pathlib import Path

from sourcebook import pipeline, wiring
from sourcebook.check import Baseline, open_gate
from sourcebook.library import Upload
from sourcebook.types.findings import Rule
from sourcebook.types.verdicts import Unjudged, UnjudgedReason
from tests.extract.pdfs import scanned
from tests.library.conftest import Shelf
from tests.library.test_judging import judgements

URL = "https://archive.example/minutes.pdf"
SAID = f"non_text: no text layer in PDF of {URL!r}: its pages are pictures"


def test_a_scanned_document_is_non_text_on_the_record_in_the_report_and_where_a_claim_leans_on_it(
    shelf: Shelf, tmp_path: Path
) -> None:
    shelf.page("page.md", f"# Minutes\n\nThe council counted forty-seven safeguards on Monday.[^1]\n\n[^1]: {URL}\n")
    shelf.build()
    file = tmp_path / "minutes.pdf"
    file.write_bytes(scanned(3))
    with shelf.open(wiring.Sources(names=(URL,), offline=True)) as library:
        pipeline.capture(library, URL, Upload(file, "ada", None))
    report = shelf.build()
    record = shelf.record(URL)

    assert [finding.message.split(": ", 1)[1] for finding in report.findings if finding.rule is Rule.NON_TEXT] == [SAID]
    assert Rule.STEP_FAILED not in {finding.rule for finding in report.findings}
    assert report.reasons == {"non_text": 1}
    assert record.unread_why == SAID
    assert record.preview is None
    with open_gate(shelf.place, shelf.config, lambda: shelf.now) as gate:
        checked = gate.check([shelf.folder / "page.md"], Baseline(), shelf.folder)

    (finding,) = [one for one in checked.findings if one.rule is not Rule.NO_CREDIBILITY]
    assert finding.rule is Rule.NON_TEXT
    assert SAID in finding.message
    assert checked.claims.checked == 0
    (answer,) = judgements(shelf, URL)
    assert isinstance(answer, Unjudged)
    assert (answer.reason, answer.why) == (UnjudgedReason.NON_TEXT, SAID)
