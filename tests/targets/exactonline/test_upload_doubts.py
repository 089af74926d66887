"""Entries of which an upload did not tell why they were refused go alone, also in the nights after."""

from datetime import timedelta

import pytest

from finance_hooks.targets.exactonline.upload_doubts import MAX_AGE, UploadDoubts
from tests.targets.exactonline.samples import SAMPLES

pytestmark = pytest.mark.unit

S1, S3, P1 = SAMPLES["S1"], SAMPLES["S3"], SAMPLES["P1"]
DIVISION = S1.administration


class Kept:
    """What is kept under each name and key."""

    def __init__(self) -> None:
        self.contents: dict[tuple[str, str], str] = {}
        self.ages: set[timedelta] = set()

    def read(self, name: str, key: str, *, max_age: timedelta) -> str | None:
        self.ages.add(max_age)
        return self.contents.get((name, key))

    def write(self, name: str, key: str, content: str) -> None:
        self.contents[name, key] = content


def test_doubts_are_remembered_by_division_and_country() -> None:
    kept = Kept()
    UploadDoubts("NL", kept).add(DIVISION, [S1.reference])
    UploadDoubts("NL", kept).add(DIVISION, [P1.reference])

    assert UploadDoubts("NL", kept).among([S1, S3, P1]) == {S1.reference, P1.reference}
    assert UploadDoubts("BE", kept).among([S1, S3, P1]) == frozenset()
    assert kept.ages == {MAX_AGE}


def test_nothing_in_doubt_writes_nothing() -> None:
    kept = Kept()

    UploadDoubts("NL", kept).add(DIVISION, [])

    assert kept.contents == {}
    assert UploadDoubts("NL", kept).among([]) == frozenset()


def test_without_a_cache_they_are_known_as_long_as_the_hook_lives() -> None:
    doubts = UploadDoubts("NL", None)

    assert doubts.among([S1]) == frozenset()
    doubts.add(DIVISION, [S1.reference])

    assert doubts.among([S1, S3]) == {S1.reference}
