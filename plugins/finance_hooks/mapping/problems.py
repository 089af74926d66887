"""Name what is wrong in a mapping file, for the person who keeps it."""

from collections.abc import Iterable
from dataclasses import dataclass

from finance_hooks.model.printable import printable


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One fault of one file: where it stands, whose row it is, what is wrong and what to do.

    `line` counts from 1, the header; `None` when the whole file is meant. `whose` is the row's first cell
    (an administration, or an organisation in article_accounts.csv).
    """

    file: str
    line: int | None = None
    whose: str | None = None
    what: str
    remedy: str

    def __str__(self) -> str:
        """Write the problem as one sentence."""
        where = [self.file]
        if self.line is not None:
            where.append(f"line {self.line}")
        if self.whose:
            where.append(self.whose)
        return printable(f"{', '.join(where)}: {self.what}; {self.remedy}.")


def write_problems(problems: Iterable[Problem]) -> str:
    """List problems one a line, by file and line."""
    ordered = sorted(problems, key=lambda problem: (problem.file, problem.line or 0))
    return "\n".join(str(problem) for problem in ordered)
