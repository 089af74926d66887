"""List the commands, a line each in the order of their names; a module is imported when its command runs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "authorise": "finance_hooks.cli.authorise.AUTHORISE",
        "hold": "finance_hooks.cli.decide.HOLD",
        "parked": "finance_hooks.cli.parked.PARKED",
        "plan": "finance_hooks.cli.plan.PLAN",
        "release": "finance_hooks.cli.decide.RELEASE",
        "resume": "finance_hooks.cli.sending.RESUME",
        "retry": "finance_hooks.cli.decide.RETRY",
        "stop": "finance_hooks.cli.sending.STOP",
        "where": "finance_hooks.cli.where.WHERE",
    }
)
"""Where each command is defined, as a dotted path."""
