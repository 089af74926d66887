"""A statement says everything a controller signs for, in Dutch and English, on numbered pages."""

import csv
import hashlib
import io
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from finance_hooks.model.money import ZERO
from finance_hooks.posting.comparison import not_ours
from finance_hooks.posting.figures import HEADER, figures_of, reconciliation_to_plain
from finance_hooks.posting.statement import digest, totals_of, write_figures
from finance_hooks.posting.statement_pages import Section, facts_of, remarks_of, sections_of, verdict_of
from finance_hooks.posting.statement_pdf import print_statement
from finance_hooks.posting.statement_words import (
    WORDS,
    say,
    say_amount,
    say_day,
    say_difference,
    say_instant,
    say_month,
)
from tests.posting.entries import BOOKED
from tests.posting.statements import AT, DIFFERS, busy_statement, found, october, statement

Rows = dict[str, tuple[tuple[str, ...], ...]]


def rows_of(language: str) -> Rows:
    return {section.title: section.rows for section in sections_of(busy_statement(language))}


def test_agreeing_books_are_said_to_agree_with_no_open_points() -> None:
    made = statement()

    sections = {section.title: section for section in sections_of(made)}

    assert made.agrees
    assert verdict_of(made) == "Bron, store en boeken sluiten aan: verschil 0,00."
    assert sections["Totaal"].rows[1] == ("Bruto", "418,60", "418,60", "418,60", "0,00")
    assert sections["Btw-aangifte per rubriek"].rows == (
        ("1a", "345,95", "345,95", "72,65", "72,65", "0,00"),
    )
    assert sections["Openstaand uit onze boekingen"].rows[0] == (
        "Te ontvangen (1 relaties)", "418,60", "418,60", "0,00",
    )  # fmt: skip
    for empty in ("Boekingen die afwijken", "Openstaande punten", "Besluiten van mensen"):
        assert (sections[empty].rows, sections[empty].note) == ((), "Geen.")


def test_everything_that_is_open_is_named_in_dutch() -> None:
    made, rows = busy_statement("nl"), rows_of("nl")

    assert verdict_of(made) == (
        "Bron, store en boeken sluiten NIET aan: verschil 0,00, 2 boekingen wijken af."
    )
    assert rows["Boekingen die afwijken"][0] == (
        "2026100123",
        "anders geboekt",
        (
            "btw 4 verstuurd 72,65, geboekt 72,66; datum verstuurd 31-10-2026, geboekt 01-11-2026; "
            "relatie verstuurd 10045, geboekt 10046"
        ),
    )
    assert rows["Boekingen die afwijken"][1][2] == "number 26709999; journal 70"
    assert rows["Openstaande punten"] == (
        (
            "2026100200",
            "30-10-2026",
            "geparkeerd",
            "1.234,56",
            "door een persoon vastgehouden (klant belt); geef het document vrij.",
        ),
        ("2026100201", "-", "wacht", "", "the day's limit"),
        ("2026100124", "06-11-2026", "gewijzigd na boeking", "", ""),
    )
    assert rows["Besluiten van mensen"] == (
        ("06-11-2026 04:00", "Anja", "vastgehouden", "2026100200", "klant belt"),
    )
    assert remarks_of(made) == [
        "2 boekingen noemen in het gelezen bestand dit niet: btw-codes. Dat is niet vergeleken.",
        "3 documenten zijn geboekt na wat is gelezen en zijn niet vergeleken.",
    ]
    assert ("Bron gelezen tot wijziging van", "-") in facts_of(made)


def test_month_with_a_forgotten_booking_of_ours_does_not_agree_and_says_why() -> None:
    one = october()
    one.add_other(not_ours(BOOKED))
    made = statement("nl", found(one))

    assert verdict_of(made).startswith("Bron, store en boeken sluiten NIET aan")
    assert remarks_of(made) == [
        "1 boekingen dragen een kenmerk van ons en zijn niet als geboekt bekend.",
    ]


def test_the_same_is_said_in_english() -> None:
    made, rows = busy_statement("en"), rows_of("en")

    assert verdict_of(made).startswith("Source, store and books do NOT agree: difference 0.00")
    assert rows["Bookings that differ"][0][2].startswith(
        "VAT 4 sent 72.65, booked 72.66; day sent 31-10-2026"
    )
    assert rows["Open points"][0][3] == "1,234.56"
    assert ("Made by", "Els") in facts_of(made)


def test_long_list_is_cut_on_paper_and_whole_in_the_figures() -> None:
    made = busy_statement("nl")

    others = next(section for section in sections_of(made) if "anderen" in section.title)
    rows = list(csv.DictReader(io.StringIO(write_figures(made).decode("utf-8-sig"))))

    assert (len(others.rows), others.note) == (40, "En nog 1; alle staan in de cijfers (CSV).")
    assert sum(row["what"] == "not_ours" for row in rows) == 41
    assert {"parked", "pending", "finding drift", "decision held", "amount_differs"} <= {
        row["what"] for row in rows
    }
    assert tuple(rows[0]) == HEADER


def test_cents_that_are_no_difference_have_lines_of_their_own() -> None:
    comparison = replace(october(), conversion_residue=Decimal("0.02"), vat_rounding=Decimal("-0.01"))

    total: Section = next(iter(sections_of(statement("nl", found(comparison)))))

    assert total.rows[-2:] == (
        ("waarvan omrekeningsverschil", "0,02", "", "", ""),
        ("Afronding verlegde btw door het pakket", "", "", "-0,01", ""),
    )


def test_party_that_differs_is_named_and_store_must_equal_source() -> None:
    comparison = october()
    comparison.parties["20001"] = (Decimal("-5.00"), ZERO)
    comparison.store_gross += Decimal("1.00")
    made = statement("nl", found(comparison))

    parties = next(section for section in sections_of(made) if section.title.startswith("Openstaand uit"))

    assert parties.rows[-1] == ("20001", "-5,00", "0,00", "-5,00")
    assert not made.agrees


def test_totals_add_journals_and_periods_up() -> None:
    total = totals_of(statement("nl", found(october(), october(others=2))))

    assert (total.documents, total.not_ours, total.source_gross) == (2, 2, Decimal("837.20"))
    assert total.box_vat == {"1a": (Decimal("145.30"), Decimal("145.30"))}


def test_figures_name_what_is_by_code_box_and_party() -> None:
    figures = {(one.what, one.key): one for one in figures_of(found(faults=(DIFFERS,)))}

    assert figures["box_vat", "1a"].source == figures["box_vat", "1a"].books == "72.65"
    assert figures["parties", "10045"].difference == "0.00"
    assert figures["amount_differs", "2026100123"].difference.startswith("VAT 4: 72.65 / 72.66; day: ")
    plain = reconciliation_to_plain(found(faults=(DIFFERS,)))
    assert (plain["agrees"], plain["documents"], plain["difference"]) == (False, 1, "0.00")
    assert plain["findings"][0]["kind"] == "amount_differs"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_pdf_is_the_same_for_the_same_statement_and_has_every_section(language: str) -> None:
    made = busy_statement(language)

    pdf, again = print_statement(made, digest(b"x")), print_statement(made, digest(b"x"))

    assert pdf == again
    assert pdf.startswith(b"%PDF-")
    assert pdf.count(b"/Type /Page\n") >= 3


def test_names_in_other_scripts_and_marks_of_xml_do_not_stop_the_printing() -> None:
    made = statement()
    strange = replace(made, wish=replace(made.wish, made_by="Łukasz <b> & Ωmega"))

    assert print_statement(strange, "0").startswith(b"%PDF-")


def test_amounts_days_and_months_are_written_as_the_language_does() -> None:
    assert say_amount(Decimal("-1234567.80"), "nl") == "-1.234.567,80"
    assert say_amount(Decimal("-1234567.80"), "en") == "-1,234,567.80"
    assert (say_month(date(2026, 10, 1), "nl"), say_month(date(2026, 5, 1), "en")) == (
        "oktober 2026",
        "May 2026",
    )
    assert (say_day(None), say_day(date(2026, 1, 2))) == ("-", "02-01-2026")
    assert (say_instant(None), say_instant(AT)) == ("-", "06-11-2026 04:00")
    assert say("new_kind", "nl") == "new kind"
    assert say_difference("something new", "a", "b", "en") == "something new sent a, booked b"
    assert all((dutch and english) or key == "what" for key, (dutch, english) in WORDS.items())


def test_digest_is_that_of_the_figures() -> None:
    figures = write_figures(statement())

    assert digest(figures) == hashlib.sha256(figures).hexdigest()
