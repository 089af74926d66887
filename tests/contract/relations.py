"""What tests of relations need of every package: relations that people made, and calls that write them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from types import MappingProxyType
from typing import Any

from finance_hooks.model.party import Role
from tests.contract.bench import Bench


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation that people made in the package before we came."""

    code: str
    name: str
    roles: tuple[Role, ...] = (Role.DEBTOR,)
    vat_number: str | None = None
    registration_number: str | None = None
    blocked: bool = False


Rows = Mapping[str, list[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationKit:
    """One package's: how its emulator is given a relation, and how calls that write relations are picked.

    `unfit_code` is one its numbering refuses, `blocked_reason` why a document on a blocked debtor parks.
    """

    rows: Callable[[Relation, str], Rows]
    fault: Mapping[str, object] = field(default_factory=dict)
    unfit_code: str
    blocked_reason: str = "party_blocked"

    def put(self, bench: Bench, relation: Relation) -> None:
        """Let somebody make a relation in the package by hand."""
        bench.control("load", {bench.administration: self.rows(relation, bench.administration)})

    def calls(self, bench: Bench) -> int:
        """Count the calls that tried to write a relation, answered or not."""
        picks = {name: str(self.fault.get(name, "*")) for name in ("path", "operation")}
        return sum(
            1
            for call in bench.calls()
            if call["method"] in {"POST", "PUT"}
            and all(fnmatchcase(call[name], pattern) for name, pattern in picks.items())
        )


def _exact_rows(relation: Relation, _administration: str) -> Rows:
    row = {
        "Code": relation.code,
        "Name": relation.name,
        "Status": "C" if Role.DEBTOR in relation.roles else "A",
        "IsSupplier": Role.CREDITOR in relation.roles,
        "Blocked": relation.blocked,
        "Country": "NL",
        "VATNumber": relation.vat_number,
        "ChamberOfCommerce": relation.registration_number,
    }
    return {"crm/Accounts": [row]}


def _twinfield_rows(relation: Relation, administration: str) -> Rows:
    status = "hide" if relation.blocked else "active"
    numbers = {"vatnumber": relation.vat_number, "cocnumber": relation.registration_number}
    parts = "".join(f"<{name}>{text}</{name}>" for name, text in numbers.items() if text)
    address = "<addresses><address type='invoice'><country>NL</country></address></addresses>"
    documents = [
        f"<dimension status='{status}'><office>{administration}</office><type>{kind}</type>"
        f"<code>{prefix}{relation.code}</code><name>{relation.name}</name>{parts}{address}</dimension>"
        for role, kind, prefix in ((Role.DEBTOR, "DEB", "D"), (Role.CREDITOR, "CRD", "C"))
        if role in relation.roles
    ]
    return {"dimensions": documents}


def _afas_rows(relation: Relation, _administration: str) -> Rows:
    own = {
        "BcCo": f"10{relation.code}",
        "ChOfCommNr": relation.registration_number,
        "Blocked": relation.blocked,
    }
    shown: dict[str, dict[str, object]] = {
        "Profit_Debtor": {
            "DebtorId": relation.code,
            "DebtorName": relation.name,
            "VatNr": relation.vat_number,
            "CollectAccount": "1300",
        },
        "Profit_Creditor": {
            "CreditorId": relation.code,
            "CreditorName": relation.name,
            "Btw-nummer": relation.vat_number,
        },
    }
    sides = {"Profit_Debtor": Role.DEBTOR, "Profit_Creditor": Role.CREDITOR}
    return {name: [shown[name] | own] for name, side in sides.items() if side in relation.roles}


def _accountview_rows(relation: Relation, _administration: str) -> Rows:
    row = {
        "SUB_NR": relation.code,
        "ACCT_NAME": relation.name,
        "SRC_CODE": relation.name[:10].upper(),
        "ACCT_NR": "1210" if Role.DEBTOR in relation.roles else "1610",
        "CNT_CODE": "NL",
        "VAT_NR": relation.vat_number or "",
        "COC_CODE": relation.registration_number or "",
        "DEB_SHOW": Role.DEBTOR in relation.roles,
        "CRED_SHOW": Role.CREDITOR in relation.roles,
        "REC_BLK": relation.blocked,
    }
    return {"CONTACT": [row]}


KITS: Mapping[str, RelationKit] = MappingProxyType(
    {
        "exactonline": RelationKit(rows=_exact_rows, fault={"path": "*/crm/Accounts*"}, unfit_code="D88001"),
        "twinfield": RelationKit(
            rows=_twinfield_rows,
            fault={"path": "*/processxml.asmx", "operation": "dimensions"},
            unfit_code="8800199",
        ),
        "afas": RelationKit(
            rows=_afas_rows,
            fault={"path": "*/connectors/Kn*Relation*"},
            unfit_code="12345678901234567",
            # AFAS: a debtor is blocked for deliveries; whether it can be booked on AFAS says itself.
            blocked_reason="code_blocked",
        ),
        "accountview": RelationKit(
            rows=_accountview_rows,
            fault={"method": "POST", "path": "*/accountviewdata", "operation": "A[RP]1"},
            unfit_code="12345678901",
        ),
    }
)
