"""Who is meant by an office, on which day."""

from __future__ import annotations

from datetime import date

import pytest

from mapper import actors

TABLE = actors.load()


@pytest.mark.parametrize(
    ("description", "day", "holder"),
    [
        ("the defence minister", date(2021, 8, 1), "bismillah-mohammadi"),
        ("the acting minister of defense", date(2021, 8, 21), "bismillah-mohammadi"),
        ("Afghanistan's defence minister", date(2021, 9, 20), "mohammad-yaqoob"),
        ("the Iranian defence minister", date(2021, 8, 1), None),
        ("the former defence minister", date(2021, 8, 1), None),
        ("the defence minister", date(2019, 8, 1), None),
        ("the defence minister", None, None),
        ("the caretaker president", date(2021, 8, 20), "amrullah-saleh"),
        ("the president", date(2021, 8, 20), None),
    ],
)
def test_an_office_means_who_held_it_that_day(description, day, holder):
    person = TABLE.holder(description, day)
    assert (person and person.id) == holder


def test_an_office_has_one_holder_at_a_time():
    for one in TABLE.tenures:
        assert one.valid_from is None or one.valid_to is None or one.valid_from < one.valid_to
        others = (t for t in TABLE.tenures if t is not one and t.office == one.office and t.valid_from and one.valid_from)
        assert all(t.valid_from > one.valid_from or t.valid_to < one.valid_from for t in others)
