"""A long simulation goes on where it stopped."""

from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

from adversary.chance import make_script
from adversary.judge import Violation
from adversary.played import Played, read_played, write_played
from adversary.simulate import Course, Told, scripts
from adversary.tally import Tally

COURSE = Course(seed=7, documents=10, nights=2)


def told(sync_id: str, posts: int) -> Told:
    return Told(
        script=make_script(7, sync_id, documents=10, nights=2),
        violations=[Violation(kind="twice", what="F1 stands 2 times")],
        strange=[],
        posts=posts,
        booked=posts,
        parked=0,
        unknown=0,
        kills=3,
        freezes=1,
        mishaps=Counter({"post refused": 2}),
    )


def test_what_was_played_is_read_as_it_was_written(tmp_path: Path) -> None:
    played = Played(course=COURSE, tally=Tally(), seconds=12)
    for sync_id in ("exact_nl", "afas_nl", "exact_nl"):
        played.tally.add(told(sync_id, posts=5))

    write_played(tmp_path / "played.json", played)
    again = read_played(tmp_path / "played.json", COURSE)

    assert again == played
    assert (again.tally.scripts, again.tally.posts, again.tally.violations["twice"]) == (3, 15, 3)


def test_nothing_was_played_where_there_is_no_file(tmp_path: Path) -> None:
    assert read_played(tmp_path / "none.json", COURSE).tally.scripts == 0


def test_file_of_another_course_is_refused(tmp_path: Path) -> None:
    write_played(tmp_path / "played.json", Played(course=COURSE, tally=Tally()))

    with pytest.raises(ValueError, match="seed=8"):
        read_played(tmp_path / "played.json", Course(seed=8, documents=10, nights=2))


def test_scripts_go_on_after_those_that_were_played() -> None:
    assert list(islice(scripts(COURSE), 7))[5:] == list(islice(scripts(COURSE, 5), 2))
