"""A sale bears a link to its document in Twinfield's free text, where the connection wants one."""

from dataclasses import replace

import pytest
from lxml import etree

from finance_hooks.model.entry import Entry
from finance_hooks.targets.twinfield.payload import Manner, make_transaction
from tests.targets.twinfield.sample_chart import make_chart
from tests.targets.twinfield.samples import SAMPLES

PROVISIONAL = Manner(is_final=False, free_text_field=None)


def write(entry: Entry, manner: Manner) -> etree._Element:
    return make_transaction(entry, make_chart(), manner)


@pytest.mark.parametrize(
    ("template", "number", "link"),
    [
        ("https://q.example.org/f/{number}", "2026100123", "https://q.example.org/f/2026100123"),
        ("https://q.example.org/f/{number}", "F 2026/1", "https://q.example.org/f/F%202026%2F1"),
        ("{number}", "F 2026/1", "F 2026/1"),
        ("https://q.example.org/f/{number}", "20261001230000000", None),
    ],
)
def test_sale_bears_a_link_to_its_document_whole_or_not_at_all(
    template: str, number: str, link: str | None
) -> None:
    entry = replace(SAMPLES["S1"], number=number)
    manner = replace(PROVISIONAL, free_text_field=1, link_field=2, link_template=template)

    transaction = write(entry, manner)

    assert transaction.findtext("header/freetext2") == link
    assert transaction.findtext("header/freetext1") == f"[{entry.reference}]"


@pytest.mark.parametrize("name", ["P1", "J1"])
def test_what_the_source_has_no_page_for_bears_no_link(name: str) -> None:
    manner = replace(PROVISIONAL, link_field=2, link_template="https://q.example.org/f/{number}")

    assert write(SAMPLES[name], manner).find("header/freetext2") is None
