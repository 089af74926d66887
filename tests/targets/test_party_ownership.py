"""Whose the fields of relations are stands on the page exactly as each package declares it."""

from pathlib import Path

import pytest

from finance_hooks.model.park_reason_text import Language
from finance_hooks.targets.base import Target
from finance_hooks.targets.registry import TARGETS
from tests.targets.ownership_table import write_table

PAGES: dict[Language, Path] = {"en": Path("docs/relations.md"), "nl": Path("docs/nl/relations.md")}


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
def test_page_says_whose_every_field_is(target: Target, language: Language) -> None:
    assert write_table(target, language) in PAGES[language].read_text(encoding="utf-8")


@pytest.mark.parametrize("target", TARGETS.values(), ids=list(TARGETS))
def test_nothing_we_write_is_called_untouched(target: Target) -> None:
    written = {each.target_field for each in target.party_ownership.fields}

    assert target.parties
    assert written.isdisjoint(target.party_ownership.untouched)
