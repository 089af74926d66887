"""A customer who is new to the package, invoices for him, and nights that bring relations up to date."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any

import sqlalchemy as sa

from emulators.qubz.demo import demo_rows
from emulators.qubz.masters import masters
from finance_hooks.model.administration import RelationsPolicy
from finance_hooks.model.party import Role, TargetParty
from finance_hooks.posting.prepare import prepare
from finance_hooks.posting.relating_parts import relations_of
from finance_hooks.posting.relations import any_needed, has_work, relate
from finance_hooks.posting.report import Report
from finance_hooks.store.party_links import StoredLink, read_links
from finance_hooks.targets.registry import find_target
from tests.contract.relations import KITS, Relation
from tests.integration.chain.chain import Chain

NUMBER = "88001"
NAME = "Nieuwe Klant B.V."
VAT_NUMBER = "NL112233004B01"
OTHER_VAT_NUMBER = "NL112233016B01"
INVALID_VAT_NUMBER = "NL112233005B01"
REGISTRATION_NUMBER = "34567812"


class Relatives:
    """Nights of one administration of which relations are part."""

    def __init__(self, chain: Chain, *, new_customer: bool = True) -> None:
        self.chain = chain
        self.target = find_target(chain.administration.target)
        self.kit = KITS[chain.administration.target]
        self.issued = 0
        if new_customer:
            self.put_party()

    def put_party(self, number: str = NUMBER, **fields: Any) -> None:
        """Let the source have a customer; `fields` replace its own."""
        organisation = self.chain.administration.organisation
        row = next(
            row
            for resource, row in masters()
            if resource == "relations" and row["Organisation"] == organisation and row["Number"] == "10045"
        )
        own = {
            "Number": number,
            "Name": NAME,
            "DebtorNumber": number,
            "VatNumber": VAT_NUMBER,
            "CocNumber": REGISTRATION_NUMBER,
        }
        self.chain.source_emulator.documents.put("relations", row | own | fields)

    def invoice(self, party: str = NUMBER) -> str:
        """Let the source issue one good invoice for a customer; returns its number."""
        organisation = self.chain.administration.organisation
        row = next(
            row
            for resource, row in demo_rows(self.chain.today)
            if resource == "salesinvoices"
            and row["Organisation"] == organisation
            and row["RelationNumber"] == "10045"
        )
        self.issued += 1
        number = f"20268{self.issued:05}"
        own = {"Id": 8_000_000 + self.issued, "InvoiceNumber": number, "RelationNumber": party}
        self.chain.source_emulator.documents.put("salesinvoices", row | own)
        return number

    def put(self, code: str = "55501", name: str = "Iemand Anders", **fields: Any) -> None:
        """Let the package have a relation that people made."""
        self.kit.put(self.chain.bench, Relation(code=code, name=name, **fields))

    def writing_calls(self) -> int:
        """Count the calls that tried to write a relation."""
        return self.kit.calls(self.chain.bench)

    def mapping_row(self, folder: Path, row: str) -> None:
        """Give a party a row of its own in parties.csv."""
        self.chain.mappings = folder / "mappings"
        copytree(Path("include/mappings"), self.chain.mappings, dirs_exist_ok=True)
        file = self.chain.mappings / self.chain.administration.target / "parties.csv"
        file.write_text(file.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")

    def policy(self, policy: RelationsPolicy) -> None:
        self.chain.administration = replace(self.chain.administration, relations_policy=policy)

    def relate(self, run_id: str = "night") -> Counter[str]:
        """Bring relations up to date and map again what that changes, as the task does."""
        chain, work = self.chain, self.chain.work(run_id)
        if not any_needed(work):
            return Counter()
        mapping = chain.mapping()
        relations = relations_of(mapping, self.target, work.business_date())
        if not has_work(work, relations):
            return Counter()
        counts = chain.with_books(
            lambda hook, lease: relate(work, self.target.party_desk(hook), lease, relations)
        )
        if counts.get("remapped"):
            prepare(work, chain.source, mapping)
        return Counter(counts)

    def night(self, run_id: str = "night") -> tuple[Counter[str], Report]:
        """Run the whole chain once, relations included."""
        self.chain.prepare(run_id)
        counts = self.relate(run_id)
        self.chain.load_until_done(run_id)
        return counts, self.chain.conclude(run_id)

    def relations(self) -> list[TargetParty]:
        """Read the package's relations afresh."""
        found: list[TargetParty] = []

        def read(hook: Any, _lease: object) -> dict[str, int]:
            found.extend(
                self.target.party_desk(hook).read_parties(self.chain.administration.target_administration)
            )
            return {}

        self.chain.with_books(read)
        return found

    def named(self, name: str = NAME) -> list[TargetParty]:
        """Return the relations of a name, whatever the package makes of its capitals."""
        return [each for each in self.relations() if each.name.casefold() == name.casefold()]

    def own_code(self, number: str = NUMBER, role: Role = Role.DEBTOR) -> str:
        """Return the code that the rule of the mapping tables gives a party."""
        prefix = {Role.DEBTOR: "D", Role.CREDITOR: "C"}[role]
        return f"{prefix}{number}" if self.chain.administration.target == "twinfield" else number

    def link(self, number: str = NUMBER, role: Role = Role.DEBTOR) -> StoredLink | None:
        with self.chain.engine.begin() as connection:
            return read_links(connection, self.chain.administration).get((number, role))

    def reasons(self) -> dict[str, list[str]]:
        """Return the reason codes of what is parked, by document number."""
        chosen = sa.text(
            "SELECT d.number, p.reasons FROM posting p JOIN document d USING (document_id)"
            " WHERE p.state = 'parked' AND p.sync_id = :sync_id"
        )
        with self.chain.engine.begin() as connection:
            rows = connection.execute(chosen, {"sync_id": self.chain.sync_id})
            return {row.number: [reason["code"] for reason in row.reasons] for row in rows}

    def details(self) -> str:
        """Return all that is told about what is parked, as one text."""
        chosen = sa.text(
            "SELECT reasons::text AS told FROM posting WHERE state = 'parked' AND sync_id = :sync_id"
        )
        with self.chain.engine.begin() as connection:
            rows: Sequence[Any] = connection.execute(chosen, {"sync_id": self.chain.sync_id}).all()
        return "\n".join(row.told for row in rows)

    def events(self) -> str:
        """Return all that events tell, as one text."""
        with self.chain.engine.begin() as connection:
            rows: Sequence[Any] = connection.execute(
                sa.text("SELECT name || ' ' || detail::text AS told FROM event ORDER BY event_id")
            ).all()
        return "\n".join(row.told for row in rows)

    def booked_on(self) -> dict[str, str]:
        """Return the party that each document is booked on, by the emulator's own account."""
        found = {}
        for entry in self.chain.bench.books():
            parties = {line["party"] for line in entry["lines"] if line["party"]}
            found[entry["document"]] = "/".join(sorted(parties))
        return found

    def forget(self) -> None:
        """Empty the store, links included, as a restored backup of long ago would."""
        self.chain.forget_documents()
        with self.chain.engine.begin() as connection:
            connection.execute(sa.text("TRUNCATE party_link"))
