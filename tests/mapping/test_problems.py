"""What is wrong with a file is said in both languages, and never longer than is asked for."""

import re
from string import Formatter

import pytest

from finance_hooks.mapping.problems import Problem, said, texts, write_problems
from finance_hooks.model.park_reason_text import Language
from tests.house.tree import PACKAGE

SPOKEN = re.compile(r"""said\(\s*"([a-z0-9_]+)\"""")
PLACE = "books/journals.csv"
PROBLEM = Problem(
    file=PLACE,
    line=3,
    whose="nl",
    what=said("cell_wrong", column="valid_from", text="{x}", wrong=said("no_date")),
    remedy=said("correct_row"),
)


def values_of(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        (
            "nl",
            f"{PLACE}, regel 3, nl: valid_from '{{x}}' is geen datum zoals 2026-12-31; verbeter de regel.",
        ),
        (
            "en",
            f"{PLACE}, line 3, nl: valid_from '{{x}}' is no date like 2026-12-31; correct the row.",
        ),
    ],
)
def test_problem_is_said_in_the_language_that_is_asked_for(language: Language, sentence: str) -> None:
    assert PROBLEM.sentence(language) == sentence
    assert write_problems([PROBLEM], language) == sentence


def test_problem_of_a_whole_file_names_no_line() -> None:
    problem = Problem(file="books/x.csv", what=said("not_utf8"), remedy=said("save_as_utf8"))

    assert str(problem) == "books/x.csv: the file is not UTF-8; save it as UTF-8."


def test_long_text_of_a_file_is_cut() -> None:
    what = said("header_is", header="x" * 1000)

    assert what.words("nl", 10) == "de kopregel is xxxxxxxxxx…"


def test_every_text_is_there_in_both_languages_and_used() -> None:
    files = PACKAGE.glob("mapping/*.py")
    spoken = {key for path in files for key in SPOKEN.findall(path.read_text(encoding="utf-8"))}

    assert spoken == texts().keys()
    for row in texts().values():
        assert row["nl"]
        assert values_of(row["nl"]) == values_of(row["en"])
