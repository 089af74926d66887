"""Stand in for a package whose books nobody can ask: entries go to it by file, and it has no connection."""

from collections.abc import Collection, Iterator, Sequence

from finance_hooks.model.chart import Chart
from finance_hooks.model.entry import BookedEntry, Entry, Period
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.model.outcome import Outcome
from finance_hooks.targets.base import TargetSettings

WHY = "the administration has no connection; its books cannot be asked"


class NoBooks:
    """Books in which nothing is seen and to which nothing can be sent."""

    def __init__(self, settings: TargetSettings, country: str) -> None:
        """Keep what is fixed about the package."""
        self.settings = settings
        self._country = country

    def test_connection(self, administration: str | None = None) -> tuple[bool, str]:  # noqa: ARG002 - as in the protocol
        """Say that there is nothing to test."""
        return False, WHY

    def read_chart(self, administration: str) -> Chart:
        """Return a chart of which nothing is listed."""
        return Chart(
            administration=administration,
            name="",
            country=self._country,
            currency="EUR",
            journals={},
            ledger_accounts={},
            vat_codes={},
            cost_centres={},
            payment_terms={},
            parties={},
            periods=(),
        )

    def read_entries(
        self,
        administration: str,  # noqa: ARG002 - as in the protocol
        journals: Collection[str],  # noqa: ARG002 - as in the protocol
        periods: Collection[Period],  # noqa: ARG002 - as in the protocol
    ) -> Iterator[BookedEntry]:
        """See no booking."""
        return iter(())

    def batch_size(self, _pending: int, /) -> int:
        """Hand over what goes into one request, though none is made."""
        return self.settings.batch_size

    def post_entries(self, entries: Sequence[Entry]) -> list[Outcome]:
        """Refuse to send: this is no way into any books."""
        raise ConfigurationError(f"{len(entries)} entries cannot be sent: {WHY}.")
