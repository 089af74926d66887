"""Faults that were asked for, and which request each of them hits."""

import random
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from fnmatch import fnmatchcase

EFFECTS = (
    "status",
    "lost_answer",
    "reset",
    "slow",
    "late_booking",
    "html",
    "truncated",
    "token_expired",
    "throttle",
)


class UnknownFaultError(ValueError):
    """A fault that cannot be placed, with the reason."""


@dataclass(slots=True, kw_only=True)
class Fault:
    """One fault; `method`, `path` and `operation` (shell patterns) say which requests it may hit.

    `*` also matches `/`. `operation` is the emulator's own word for what a call does where its path does not
    tell.

    `times` is how many requests it hits, without it until cleared. `when` says whether status, reset, html
    (default `before`) and slow (default `after`) come before or after the request is carried out. `delay_s`
    is real seconds for slow, seconds on the emulator's clock for late_booking and the advised wait for
    throttle. `hang_s` is how many real seconds lost_answer, reset and late_booking hold the connection
    before it drops. `length` says whether a truncated answer declares the `half` that comes or the `full`
    length.
    """

    effect: str
    method: str = "*"
    path: str = "*"
    operation: str = "*"
    status: int = 503
    body: str | None = None
    delay_s: float = 1.0
    times: int | None = None
    probability: float = 1.0
    seed: int = 0
    when: str = ""
    hang_s: float = 0.0
    length: str = "half"
    hits: int = 0
    _random: random.Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the words and seed the fault's own source of chance."""
        if self.effect not in EFFECTS:
            raise UnknownFaultError(f"no effect {self.effect!r}; there are {', '.join(EFFECTS)}")
        # A late answer is the answer to something that was carried out, unless asked otherwise.
        self.when = self.when or ("after" if self.effect == "slow" else "before")
        if self.when not in {"before", "after"} or self.length not in {"half", "full"}:
            raise UnknownFaultError("when is before or after, length is half or full")
        self._random = random.Random(self.seed)  # noqa: S311 - repeatable faults, not secrets

    def hits_request(self, method: str, path: str, operation: str = "") -> bool:
        """Decide whether this request is hit and count it when so."""
        if self.times is not None and self.hits >= self.times:
            return False
        if self.method.upper() not in {"*", method} or not fnmatchcase(path, self.path):
            return False
        if not fnmatchcase(operation, self.operation):
            return False
        if self._random.random() >= self.probability:
            return False
        self.hits += 1
        return True

    def listed(self) -> dict[str, object]:
        """Show the fault as the control route does."""
        return {name: value for name, value in asdict(self).items() if name != "_random"}


class Faults:
    """The faults of one emulator, in the order they were asked for; a request is hit by one at most."""

    def __init__(self) -> None:
        """Start without faults."""
        self.placed: list[Fault] = []

    def place(self, wanted: Mapping[str, object]) -> Fault:
        """Add one fault from its JSON form; raise UnknownFaultError when it makes no sense."""
        known = {each.name for each in fields(Fault) if each.init} - {"hits"}
        strange = sorted(set(wanted) - known)
        if strange or "effect" not in wanted:
            raise UnknownFaultError(f"a fault needs effect and knows {sorted(known)}, not {strange}")
        fault = Fault(**{name: value for name, value in wanted.items() if value is not None})  # type: ignore[arg-type]
        self.placed.append(fault)
        return fault

    def draw(self, method: str, path: str, operation: str = "") -> Fault | None:
        """Return the first fault that hits this request."""
        return next((fault for fault in self.placed if fault.hits_request(method, path, operation)), None)

    def clear(self) -> None:
        """Take all faults away."""
        self.placed.clear()
