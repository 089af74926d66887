"""What the emulators of bookkeeping packages share: fiscal years, which the periods they keep follow."""

from abc import abstractmethod
from collections.abc import Mapping

from emulators.emulator import Emulator
from emulators.fiscal_years import FiscalYears


class PackageEmulator(Emulator):
    """A bookkeeping package's stand-in; it declares the switches of the fiscal years."""

    @property
    def fiscal_years(self) -> FiscalYears:
        """When its fiscal years begin, and what they are called."""
        return FiscalYears.of(self.switches)

    @abstractmethod
    def follow(self, before: FiscalYears) -> None:
        """Take the periods that are kept along, now that the fiscal years are others than before."""

    def move_switches(self, positions: Mapping[str, object]) -> None:
        """Move switches; the periods that are kept follow the fiscal years."""
        before = self.fiscal_years
        super().move_switches(positions)
        if self.fiscal_years != before:
            self.follow(before)
