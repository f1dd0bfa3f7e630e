from datetime import UTC, datetime

import pytest

from sourcebook.corpus import read_date

KEYS = ("date", "updated")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("---\ndate: 2021-03-05\n---\n", (2021, 3, 5), id="a day"),
        pytest.param("---\ndate: '2021-03-05T23:30:00-02:00'\n---\n", (2021, 3, 6), id="a time with a zone"),
        pytest.param("---\ndate: 2021-03\n---\n", (2021, 3, 1), id="a month"),
        pytest.param("---\ndate: 2021\n---\n", (2021, 1, 1), id="a year"),
        pytest.param("+++\nupdated = 2021-03-05\n+++\n", (2021, 3, 5), id="TOML"),
        pytest.param(
            "---\nupdated: 2022-01-01\ndate: 2021-03-05\n---\n", (2021, 3, 5), id="the first key that is there"
        ),
        pytest.param("---\ndate: soon\nupdated: 2022-01-01\n---\n", (2022, 1, 1), id="the next where one is no date"),
        pytest.param("---\ndate: [2021]\n---\n", None, id="no text"),
        pytest.param("---\ndate: 2021-99-99\n---\n", None, id="no such day"),
        pytest.param("---\ndate: {{\n---\n", None, id="broken"),
        pytest.param("---\ndate: 2021-03-05\n", None, id="never closed"),
        pytest.param("date: 2021-03-05\n", None, id="no front matter"),
    ],
)
def test_the_day_of_a_page_is_read(text: str, day: tuple[int, int, int] | None) -> None:
    found = read_date(text, KEYS)

    assert (None if found is None else found.replace(hour=0, minute=0)) == (datetime(*day, tzinfo=UTC) if day else None)
