from dataclasses import replace

from finance_hooks.model.park_reason import ReasonCode
from finance_hooks.targets.exactonline.target import EXACT_ONLINE
from finance_hooks.targets.file_format import DateStyle, FileFormat, FileLayout
from tests.targets.exactonline.eexact_reader import read_document
from tests.targets.exactonline.sample_chart import make_chart
from tests.targets.exactonline.samples import SAMPLES

S1, S3 = SAMPLES["S1"], SAMPLES["S3"]
LAYOUT = FileLayout()


def exact_format() -> FileFormat:
    return EXACT_ONLINE.make_file_format()


def test_file_is_an_eexact_document_whatever_the_layout_of_cells() -> None:
    other = FileLayout(separator="|", decimal_mark=",", date_style=DateStyle.ISO, encoding="cp1252")
    exact = exact_format()

    assert (exact.prefix, exact.variants, exact.entries_max) == ("EX", ("eexact",), 200)
    assert (exact.suffix(LAYOUT), exact.suffix(other)) == ("xml", "xml")
    assert exact.definition_sheet(LAYOUT) == ""
    assert exact.write([S1, S3], LAYOUT, make_chart()) == exact.write([S1, S3], other, make_chart())


def test_entries_stand_in_their_order() -> None:
    written = read_document(exact_format().write([S3, S1], LAYOUT, None))

    assert [each.numbers for each in written] == [{S3.number}, {S1.number}]


def test_what_the_chart_rules_out_is_unfit() -> None:
    exact = exact_format()

    (reason,) = exact.why_unfit(replace(S1, journal="99"), LAYOUT, make_chart())

    assert (reason.code, reason.value) == (ReasonCode.CODE_REFUSED, "99")
    assert exact.why_unfit(S1, LAYOUT, make_chart()) == []


def test_without_a_chart_only_the_length_of_the_number_is_held_against_exact() -> None:
    exact = exact_format()

    (reason,) = exact.why_unfit(replace(S1, number="F" * 31, journal="99"), LAYOUT, None)

    assert (reason.code, reason.field) == (ReasonCode.FIELD_REFUSED, "number")
    assert exact.why_unfit(replace(S1, journal="99"), LAYOUT, None) == []
