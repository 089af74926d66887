"""The PDF of every sale is attached once, after the booking, and nothing about it touches the booking."""

import pytest

from tests.integration.chain.attaching import fault_on_attaching, files, rows, sales
from tests.integration.chain.telling import Telling


class Crash(BaseException):
    """The worker dies."""


def test_every_sale_gets_its_pdf_once_and_a_second_night_attaches_nothing(attaching: Telling) -> None:
    expected = sorted(f"{row['InvoiceNumber']}.pdf" for row in sales(attaching))

    first = attaching.night("first")
    calls = sum(1 for _ in attaching.chain.bench.calls())
    attaching.chain.clock.sleep(86_400)
    again = attaching.attach("second")

    assert files(attaching) == expected
    assert (first.attached, again) == (len(expected), {})
    assert first.red == ()
    assert sum(1 for _ in attaching.chain.bench.calls()) == calls
    assert {row.state for row in rows(attaching).values()} == {"attached"}
    assert all(len(row.sha256) == 64 and row.size_bytes > 0 for row in rows(attaching).values())


def test_a_lost_answer_is_looked_up_and_not_attached_again(attaching: Telling) -> None:
    fault_on_attaching(attaching, effect="lost_answer")

    report = attaching.night("first")
    lost = [row for row in rows(attaching).values() if row.state == "unknown"]
    attaching.chain.clock.sleep(86_400)
    attaching.night("second")

    assert (len(lost), report.red) == (1, ())
    assert any("unknown" in text for warning in report.warnings for text in warning["warnings"])
    assert len(files(attaching)) == len(set(files(attaching))) == len(sales(attaching))
    assert attaching.attached == {"found": 1}


def test_what_may_still_be_under_way_is_not_sent_again_before_the_settle_time(attaching: Telling) -> None:
    fault_on_attaching(attaching, effect="reset")
    attaching.night("first")

    soon = attaching.attach("soon")
    attaching.chain.clock.sleep(attaching.chain.settings.settle_s + 1)
    later = attaching.attach("later")

    assert (soon, later) == ({"unknown": 1}, {"attached": 1})
    assert len(files(attaching)) == len(sales(attaching))


@pytest.mark.parametrize("where", ["attaching", "attached"])
def test_a_worker_that_dies_leaves_nothing_attached_twice(attaching: Telling, where: str) -> None:
    def crash(name: str) -> None:
        if name == where:
            raise Crash

    attaching.chain.prepare()
    attaching.chain.load_until_done()
    attaching.chain.checkpoint = crash
    with pytest.raises(Crash):
        attaching.attach()
    attaching.chain.checkpoint = lambda _name: None
    attaching.chain.clock.sleep(86_400)

    attaching.attach("second")

    assert len(files(attaching)) == len(set(files(attaching))) == len(sales(attaching))


def test_a_restored_store_finds_what_is_attached(attaching: Telling) -> None:
    attaching.night("first")
    attaching.chain.forget_documents()

    attaching.night("second")

    assert attaching.attached == {"found": len(sales(attaching))}
    assert len(files(attaching)) == len(sales(attaching))
