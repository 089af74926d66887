"""Every package that imports files is asked for them in one way."""

import pytest

from finance_hooks.targets.accountview.file_format import AccountViewFile
from finance_hooks.targets.afas.file_format import AfasFile
from finance_hooks.targets.exactonline.file_format import ExactFile
from finance_hooks.targets.file_format import FileFormat
from finance_hooks.targets.registry import TARGETS
from finance_hooks.targets.twinfield.file_format import TwinfieldFile

FORMATS: dict[str, FileFormat] = {
    "accountview": AccountViewFile(),
    "afas": AfasFile(),
    "exactonline": ExactFile(),
    "twinfield": TwinfieldFile(),
}


def test_packages_that_import_files_say_so() -> None:
    assert {slug for slug, target in TARGETS.items() if target.file_format} == set(FORMATS)


@pytest.mark.parametrize("slug", FORMATS)
def test_package_makes_its_own_format(slug: str) -> None:
    assert type(TARGETS[slug].make_file_format()) is type(FORMATS[slug])


def test_files_of_packages_are_told_apart_by_their_names() -> None:
    prefixes = [file_format.prefix for file_format in FORMATS.values()]

    assert len(set(prefixes)) == len(prefixes)
