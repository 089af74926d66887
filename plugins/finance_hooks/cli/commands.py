"""List the commands, a line each in the order of their names; a module is imported when its command runs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

COMMANDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "accept": "finance_hooks.cli.findings.ACCEPT",
        "adopt": "finance_hooks.cli.adopt.ADOPT",
        "attachments": "finance_hooks.cli.attachments.ATTACHMENTS",
        "authorise": "finance_hooks.cli.authorise.AUTHORISE",
        "confirm": "finance_hooks.cli.files.CONFIRM",
        "correct": "finance_hooks.cli.findings.CORRECT",
        "definition": "finance_hooks.cli.files.DEFINITION",
        "doctor": "finance_hooks.cli.doctor.DOCTOR",
        "drift": "finance_hooks.cli.drift.DRIFT",
        "files": "finance_hooks.cli.files.FILES",
        "hold": "finance_hooks.cli.decide.HOLD",
        "imported": "finance_hooks.cli.files.IMPORTED",
        "link": "finance_hooks.cli.link.LINK",
        "parked": "finance_hooks.cli.parked.PARKED",
        "plan": "finance_hooks.cli.plan.PLAN",
        "preflight": "finance_hooks.cli.preflight.PREFLIGHT",
        "purge": "finance_hooks.cli.purge.PURGE",
        "rebook": "finance_hooks.cli.findings.REBOOK",
        "reconcile": "finance_hooks.cli.reconcile.RECONCILE",
        "relations": "finance_hooks.cli.relations.RELATIONS",
        "release": "finance_hooks.cli.decide.RELEASE",
        "resume": "finance_hooks.cli.sending.RESUME",
        "retry": "finance_hooks.cli.decide.RETRY",
        "statement": "finance_hooks.cli.statement.STATEMENT",
        "stop": "finance_hooks.cli.sending.STOP",
        "where": "finance_hooks.cli.where.WHERE",
        "withdraw": "finance_hooks.cli.files.WITHDRAW",
    }
)
"""Where each command is defined, as a dotted path."""
