"""Share one grant of each package among 50 workers for simulated days on which everything goes wrong.

Workers are killed between the vendor's answer and our save, freeze past their lease, lose answers and the
store; consent is withdrawn behind their back. A judge that shares no code with the product counts what the
vendor was asked and what was lost. The store is an embedded PostgreSQL's.

    python -m adversary.tokens [SEED] [DAYS]
"""

import logging
import sys

import sqlalchemy as sa

from adversary.stores import open_stores
from adversary.tokens_simulation import WORKERS, Outcome, simulate
from adversary.tokens_vendors import VENDORS

DAY_S = 24 * 3600


def main(seed: int = 1, days: float = 1.0) -> int:
    """Simulate and print; 1 when a rule was broken."""
    logging.disable(logging.WARNING)
    broken = 0
    with open_stores(len(VENDORS)) as addresses:
        for package, store_url in zip(VENDORS, addresses, strict=True):
            engine = sa.create_engine(store_url, hide_parameters=True)
            outcome = simulate(engine, package, seed=seed, stormy_s=days * DAY_S)
            engine.dispose()
            print("\n".join(lines(outcome)), flush=True)
            broken += len(outcome.broken)
    return 1 if broken else 0


def lines(outcome: Outcome) -> list[str]:
    """Write an outcome as lines for a person."""
    counts, harms = outcome.counts, outcome.harms
    killed = sum(count for what, count in harms.items() if what.startswith("killed"))
    frozen = sum(count for what, count in harms.items() if what.startswith("frozen"))
    disturbed = sum(count for what, count in harms.items() if what.startswith("token calls"))
    asked = (
        f"calls {counts['calls']}, tokens handed out {counts['tokens handed out']}, refreshes "
        f"{counts['refreshes']}, refused {counts['refreshes refused']}, consents {counts['consents']}"
    )
    harmed = (
        f"kills {killed}, freezes {frozen}, token calls disturbed {disturbed}, "
        f"withdrawn {harms['consents withdrawn behind our back']}, without store "
        f"{harms['transactions that found no store']}, grants lost and alerts {counts['alerts']}, "
        f"told to act {counts['workers told that a person must act']}"
    )
    return [
        f"{outcome.vendor}, seed {outcome.seed}, {WORKERS} workers, {outcome.switches}",
        f"  {asked}",
        f"  {harmed}",
        *(f"    {what}: {count}" for what, count in sorted(harms.items())),
        f"  rules broken: {len(outcome.broken)}, {outcome.took_s:.0f} s",
        *(
            f"  BROKEN {times} times, first on {outcome.first_broken[rule]:%d at %H:%M:%S}: {rule}"
            for rule, times in outcome.broken.items()
        ),
    ]


if __name__ == "__main__":
    given = sys.argv[1:]
    sys.exit(main(*(int(each) for each in given[:1]), *(float(each) for each in given[1:2])))
