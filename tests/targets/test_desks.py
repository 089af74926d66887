"""Who keeps relations and who attaches files is found by what a package declares."""

import pytest

from finance_hooks.model.party import Role, TargetParty
from finance_hooks.targets.afas.chart import write_chart as write_afas
from finance_hooks.targets.afas.target import AFAS
from finance_hooks.targets.exactonline.chart import write_chart as write_exact
from finance_hooks.targets.exactonline.target import EXACT_ONLINE
from finance_hooks.targets.twinfield.chart import write_chart as write_twinfield
from finance_hooks.targets.twinfield.target import TWINFIELD
from tests.targets.afas.sample_chart import sample_chart
from tests.targets.charted_hooks import CONSENT, charted_hook
from tests.targets.exactonline.sample_chart import make_chart as exact_chart
from tests.targets.twinfield.sample_chart import make_chart as twinfield_chart

SUPPLIER = TargetParty(id="1", code="70007", name="Metaal", roles=frozenset({Role.CREDITOR}))


def test_desk_of_relations_knows_what_its_package_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    exact = charted_hook(monkeypatch, EXACT_ONLINE, write_exact(exact_chart()), **CONSENT)
    twinfield = charted_hook(
        monkeypatch, TWINFIELD, write_twinfield(twinfield_chart()), **CONSENT, organisation="MUNI01"
    )

    assert EXACT_ONLINE.party_desk(exact).why_no_side("1234567", SUPPLIER, Role.DEBTOR) is None
    assert TWINFIELD.party_desk(twinfield).why_no_side("NL42", SUPPLIER, Role.DEBTOR) == (
        "70007 Metaal is no debtor, which is another dimension in Twinfield"
    )


def test_desk_for_files_is_there_where_the_connection_wants_them(monkeypatch: pytest.MonkeyPatch) -> None:
    chart = write_afas(sample_chart())
    wanted = AFAS.attachment_desk(charted_hook(monkeypatch, AFAS, chart, attach_pdfs=True, subject_type=105))

    assert wanted is not None
    assert (wanted.limits.bytes_max, wanted.limits.chunk_size) == (20_000_000, 40)
    assert AFAS.attachment_desk(charted_hook(monkeypatch, AFAS, chart)) is None


def test_package_that_takes_no_files_has_no_desk_for_them(monkeypatch: pytest.MonkeyPatch) -> None:
    hook = charted_hook(
        monkeypatch, TWINFIELD, write_twinfield(twinfield_chart()), **CONSENT, organisation="MUNI01"
    )

    assert TWINFIELD.attachment_desk(hook) is None
