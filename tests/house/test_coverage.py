"""What must be covered completely is a list that cannot go stale unseen."""

import tomllib
from fnmatch import fnmatch

import pytest

from tests.house.tree import PROJECT, modules, place

REPORT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["coverage"]["report"]


@pytest.mark.parametrize("pattern", REPORT["include"] + REPORT["omit"])
def test_every_pattern_means_a_module_that_exists(pattern: str) -> None:
    assert any(fnmatch(place(path), pattern) for path in modules())


def test_nothing_less_than_everything_is_asked_for() -> None:
    assert REPORT["fail_under"] == 100
    assert "exclude_also" not in REPORT


def test_no_line_is_excused_from_being_covered() -> None:
    excuse = "pragma" + ": no cover"

    assert [place(path) for path in modules() if excuse in path.read_text(encoding="utf-8")] == []
