"""A source whose kept copy is another work: told by the check and on the front page, and judged by nothing."""

from sourcebook import wiring
from sourcebook.place import Place, read_config
from sourcebook.types.findings import Rule
from sourcebook.types.verdicts import Support

OURS = "https://a.example/counting"
PAGE = f"# P\n\nThe council counted forty-seven safeguards ([Quantum Sensors for Deep Sea Navigation]({OURS})).\n"


def test_another_work_is_told_and_judges_nothing(desk, rules_of):
    desk.write("page.md", PAGE)
    desk.verdicts = {"forty-seven": Support.SUPPORTED}
    desk.build()
    place = Place(desk.folder / ".sourcebook", None)
    with wiring.open_records(place, read_config(place, {}).config) as records:
        problems = records.overview().problems

    assert "wrong-work" in rules_of(desk.check())
    assert [problem.rule for problem in problems] == [Rule.WRONG_WORK]
    assert "Quantum Sensors for Deep Sea Navigation" in problems[0].first[0].words
    assert desk.judged == []


def test_a_page_that_mends_its_words_is_judged_again(desk, rules_of):
    desk.write("page.md", PAGE)
    desk.verdicts = {"forty-seven": Support.SUPPORTED}
    desk.build()
    desk.write("page.md", PAGE.replace("Quantum Sensors for Deep Sea Navigation", "Council counts safeguards"))
    desk.build(days=1)

    assert "wrong-work" not in rules_of(desk.check())
    assert len(desk.judged) == 1
