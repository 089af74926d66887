"""What every package that takes files must do with the PDF of a booking, over a real socket."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from finance_hooks.model.attachment import Attached, AttachmentFile, Booking, NotTaken
from finance_hooks.model.entry import Entry
from finance_hooks.model.errors import ConfigurationError, TemporaryFailure
from finance_hooks.model.keys import make_reference
from finance_hooks.model.outcome import Booked, Later, Unknown
from finance_hooks.targets.base import AttachmentDesk, TargetHook
from finance_hooks.targets.registry import TARGETS, find_target
from tests.contract.afas.afas_bench import AfasBench
from tests.contract.bench import post
from tests.contract.exactonline.exact_bench import ExactBench

FILE = AttachmentFile(name="F2026-001.pdf", content=b"%PDF-1.4 one page\n%%EOF\n")
AttachingBench = ExactBench | AfasBench
MAKERS: dict[str, Callable[[str], AttachingBench]] = {"exactonline": ExactBench, "afas": AfasBench}


@dataclass(slots=True)
class Scene:
    """A package that attaches files, with one sale booked in it."""

    bench: AttachingBench
    booking: Booking

    @property
    def desk(self) -> AttachmentDesk:
        """Open a desk as a new task would."""
        desk = find_target(self.bench.slug).attachment_desk(self.hook)
        assert desk is not None
        return desk

    @property
    def hook(self) -> TargetHook:
        return self.bench.hook()

    def held(self, booking: Booking | None = None) -> str | None:
        """Return the id of the file that the package holds for a booking."""
        asked = booking or self.booking
        held = self.desk.find(self.bench.administration, [asked]).get(asked.entry.reference)
        return None if held is None else held.attachment_id


@pytest.fixture(params=MAKERS)
def scene(request: pytest.FixtureRequest, module_store_url: str) -> Iterator[Scene]:
    bench = MAKERS[request.param](module_store_url)
    bench.attach_pdfs()
    yield Scene(bench, book(bench, bench.entries()["sales"]))
    bench.close()


def book(bench: AttachingBench, entry: Entry) -> Booking:
    outcome = post(bench.hook(), entry)
    assert isinstance(outcome, Booked)
    return Booking(entry=entry, entry_id=outcome.id, entry_number=outcome.number)


def test_every_package_that_takes_files_is_under_test() -> None:
    assert {slug for slug, target in TARGETS.items() if target.attachments} == set(MAKERS)


def test_a_file_is_attached_whole_and_the_booking_stays_as_it_was(scene: Scene) -> None:
    before = scene.bench.books()

    outcome = scene.desk.attach(scene.booking, FILE, None)

    assert isinstance(outcome, Attached)
    assert scene.held() == outcome.attachment_id
    assert scene.bench.files() == [(FILE.name, FILE.content)]
    assert scene.bench.books() == before


def test_what_is_not_attached_is_not_found(scene: Scene) -> None:
    scene.desk.attach(scene.booking, FILE, None)
    sample = scene.booking.entry
    other = book(scene.bench, replace(sample, number="F2026-777", reference=make_reference("another sale")))

    assert scene.held(other) is None
    assert scene.held() is not None


def test_many_bookings_are_asked_about_in_few_calls(scene: Scene) -> None:
    scene.desk.attach(scene.booking, FILE, None)
    size = scene.desk.limits.chunk_size
    entry = scene.booking.entry
    others = [
        replace(scene.booking, entry=replace(entry, reference=make_reference(f"other {number}")))
        for number in range(size - 1)
    ]
    before = len(list(scene.bench.calls()))

    found = scene.desk.find(scene.bench.administration, [*others, scene.booking])

    assert entry.reference in found
    assert len(list(scene.bench.calls())) - before < size / 2


@pytest.mark.parametrize("effect", ["lost_answer", "html", "truncated"])
def test_a_lost_answer_is_unknown_and_found_in_the_package(scene: Scene, effect: str) -> None:
    scene.bench.place(**scene.bench.last_attaching_call, effect=effect, when="after")

    outcome = scene.desk.attach(scene.booking, FILE, None)

    assert isinstance(outcome, Unknown)
    assert scene.held() is not None
    assert len(scene.bench.files()) == 1


def test_a_request_that_never_arrived_leaves_nothing_to_find(scene: Scene) -> None:
    scene.bench.place(**scene.bench.last_attaching_call, effect="reset")

    outcome = scene.desk.attach(scene.booking, FILE, None)

    assert isinstance(outcome, Unknown)
    assert scene.held() is None
    held = scene.desk.find(scene.bench.administration, [scene.booking])
    again = scene.desk.attach(scene.booking, FILE, held.get(scene.booking.entry.reference))
    assert isinstance(again, Attached)
    assert len(scene.bench.files()) == 1


def test_a_throttled_file_waits(scene: Scene) -> None:
    scene.bench.place(**scene.bench.last_attaching_call, effect="throttle", delay_s=30)

    assert isinstance(scene.desk.attach(scene.booking, FILE, None), Later)


def test_a_file_that_the_package_refuses_leaves_the_booking_alone(scene: Scene) -> None:
    before = scene.bench.books()
    scene.bench.refuse_files()

    outcome = scene.desk.attach(scene.booking, FILE, None)

    assert isinstance(outcome, NotTaken)
    assert outcome.why
    assert scene.bench.books() == before
    assert scene.bench.files() == []


def test_a_package_that_lets_no_files_in_says_who_must_act(scene: Scene) -> None:
    scene.bench.shut_files()

    with pytest.raises(ConfigurationError, match="turn attach_pdfs off"):
        scene.desk.attach(scene.booking, FILE, None)


def test_the_largest_file_of_the_limit_is_taken(scene: Scene) -> None:
    padding = b"0" * (scene.desk.limits.bytes_max - len(FILE.content))

    outcome = scene.desk.attach(scene.booking, replace(FILE, content=FILE.content + padding), None)

    assert isinstance(outcome, Attached)


def test_looking_up_that_fails_is_never_absence(scene: Scene) -> None:
    scene.bench.place(**scene.bench.looking_up_call, effect="status", status=502)

    with pytest.raises(TemporaryFailure):
        scene.held()


def test_a_connection_that_wants_no_files_has_nobody_to_attach_them(scene: Scene) -> None:
    scene.bench.attach_pdfs(wanted=False)

    assert find_target(scene.bench.slug).attachment_desk(scene.bench.hook()) is None
