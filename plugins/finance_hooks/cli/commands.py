"""List the commands, a line each in the order of their names; a module is imported when its command runs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "attachments": "finance_hooks.cli.attachments.ATTACHMENTS",
        "authorise": "finance_hooks.cli.authorise.AUTHORISE",
        "doctor": "finance_hooks.cli.doctor.DOCTOR",
        "hold": "finance_hooks.cli.decide.HOLD",
        "parked": "finance_hooks.cli.parked.PARKED",
        "plan": "finance_hooks.cli.plan.PLAN",
        "preflight": "finance_hooks.cli.preflight.PREFLIGHT",
        "purge": "finance_hooks.cli.purge.PURGE",
        "release": "finance_hooks.cli.decide.RELEASE",
        "resume": "finance_hooks.cli.sending.RESUME",
        "retry": "finance_hooks.cli.decide.RETRY",
        "stop": "finance_hooks.cli.sending.STOP",
        "where": "finance_hooks.cli.where.WHERE",
    }
)
"""Where each command is defined, as a dotted path."""
