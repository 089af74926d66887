"""Whatever texts and codes hold, a file keeps its rows, and bears codes as they are or not at all."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from finance_hooks.model.entry import Entry
from finance_hooks.targets.file_format import FileLayout
from finance_hooks.targets.registry import TARGETS
from tests.targets.files.sample_files import PACKAGES, WRITERS

NASTY = (
    "\"';,\t|\r\n\x00\x1b\x85\u2028\u202e\u2066\u200f\ufeff\uffff=+-@\uff05\uff1d \\<>&]]é€Ż漢😀\U0010ffff"
)
TEXTS = st.text(st.one_of(st.sampled_from(NASTY), st.characters()), max_size=60)
ENCODINGS = st.sampled_from(["", "cp1252", "utf-8", "utf-8-sig", "utf-16", "latin-1", "ascii"])
SEPARATORS = st.sampled_from([";", ",", "\t", "|"])
DEFAULTS = {"accountview": "cp1252", "afas": "utf-8"}
FORMULA = ("=", "+", "-", "@", "\t", "\r", "|", "%")
WRITTEN_NUMBERS = {"accountview": ["inv_nr"], "afas": ["kenmerk"], "twinfield": ["invoicenumber"]}


@pytest.mark.parametrize(("slug", "variant"), WRITERS)
@given(header=TEXTS, line=TEXTS, encoding=ENCODINGS, separator=SEPARATORS)
def test_any_text_leaves_rows_whole_and_every_reference_readable(
    slug: str, variant: str, header: str, line: str, encoding: str, separator: str
) -> None:
    entries = [with_texts(PACKAGES[slug].entries[name], header, line) for name in ("S1", "S7")]
    layout = FileLayout(variant=variant, encoding=encoding, separator=separator)
    file_format = TARGETS[slug].make_file_format()
    chart = PACKAGES[slug].chart_of(entries[0].administration)

    assert [file_format.why_unfit(entry, layout, chart) for entry in entries] == [[], []]
    rows = read_rows(file_format.write(entries, layout, chart), slug, layout)

    plain = read_rows(
        file_format.write([PACKAGES[slug].entries[name] for name in ("S1", "S7")], layout, chart),
        slug,
        layout,
    )
    assert [list(row) for row in rows] == [list(row) for row in plain]
    for row, before in zip(rows, plain, strict=True):
        assert {name: cell for name, cell in row.items() if not is_text(name)} == {
            name: cell for name, cell in before.items() if not is_text(name)
        }
        for text in (cell for name, cell in row.items() if is_text(name)):
            assert not set(text) & set("\r\n\t\x00\x1b\x85\u2028\u202e\u2066\uffff")
            assert variant == "xml" or not text.startswith(FORMULA)
    shown = " ".join(cell for row in rows for cell in row.values())
    assert all(entry.reference in shown for entry in entries)


@pytest.mark.parametrize(("slug", "variant"), WRITERS)
@given(number=TEXTS, encoding=ENCODINGS, separator=SEPARATORS)
def test_number_is_named_as_unfit_or_stands_in_the_file_as_it_is(
    slug: str, variant: str, number: str, encoding: str, separator: str
) -> None:
    entry = replace(PACKAGES[slug].entries["S1"], number=number[:12])
    layout = FileLayout(variant=variant, encoding=encoding, separator=separator)
    file_format = TARGETS[slug].make_file_format()

    reasons = file_format.why_unfit(entry, layout, None)

    if reasons:
        assert {reason.field for reason in reasons} == {"number"}
    else:
        rows = read_rows(file_format.write([entry], layout, None), slug, layout)
        found = [cell for name, cell in rows[0].items() if name.rpartition(".")[2] in WRITTEN_NUMBERS[slug]]
        assert found in ([entry.number], [entry.number, ""]) or entry.number == ""


@pytest.mark.parametrize(("slug", "variant"), WRITERS)
@given(code=TEXTS)
def test_code_is_named_as_unfit_or_stands_in_the_file_as_it_is(slug: str, variant: str, code: str) -> None:
    sample = PACKAGES[slug].entries["S1"]
    entry = replace(sample, lines=(replace(sample.lines[0], ledger_account=code[:10]), *sample.lines[1:]))
    layout = FileLayout(variant=variant)
    file_format = TARGETS[slug].make_file_format()

    reasons = file_format.why_unfit(entry, layout, None)

    if reasons:
        assert {(reason.field, reason.line) for reason in reasons} <= {
            ("ledger_account", 1),
            ("ledger_account", None),
        }
    else:
        rows = read_rows(file_format.write([entry], layout, None), slug, layout)
        assert entry.lines[0].ledger_account in [cell for row in rows for cell in row.values()]


def with_texts(entry: Entry, header: str, line: str) -> Entry:
    """Put texts in the place of an entry's own."""
    lines = tuple(replace(one, description=line) for one in entry.lines)
    return replace(entry, description=header, lines=lines)


def is_text(name: str) -> bool:
    """Say whether a column or element holds a text that a person wrote."""
    return name.rpartition(".")[2] in {"hdr_desc", "trn_desc", "omschrijving", "description"}


def read_rows(content: bytes, slug: str, layout: FileLayout) -> list[dict[str, str]]:
    """Read the rows of a file of cells, or the innermost elements of XML by their parents."""
    if content.startswith(b"<?xml") or layout.variant == "xml":
        root = etree.fromstring(content)
        parents = [one for one in root.iter() if len(one) and not any(len(child) for child in one)]
        return [{f"{one.tag}.{child.tag}": child.text or "" for child in one} for one in parents]
    text = content.decode(layout.encoding or DEFAULTS[slug])
    header, *rows = csv.reader(io.StringIO(text, newline=""), delimiter=layout.separator, strict=True)
    return [dict(zip(header, row, strict=True)) for row in rows]
