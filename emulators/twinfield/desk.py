"""What one request works with: the offices, the user, and the office that its header names."""

from dataclasses import dataclass

from emulators.clock import EmulatorClock
from emulators.switches import Switches
from emulators.twinfield.books import Books, Office, User


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One request's view; `company` is the CompanyCode of its header, empty where it has none."""

    offices: dict[str, Office]
    user: User
    clock: EmulatorClock
    switches: Switches
    company: str = ""

    def open(self, code: str) -> Books | None:
        """Return the books of an office that the user may use, else None."""
        office = self.offices.get(code)
        if office is None or not office.accessible:
            return None
        return Books(
            office=office,
            offices=self.offices,
            clock=self.clock,
            switches=self.switches,
            user=self.user,
        )
