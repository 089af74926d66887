"""Map chunks of documents by the product, in a process of its own; prints one JSON object.

`whole` reads, maps to entries and writes; `codes` only finds the rows that the others join.

    python -m bench.mapping.product FOLDER whole|codes
"""

import csv
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.mapping.documents import read_chunk, read_masters
from bench.mapping.files import MAPPED
from bench.mapping.measured import Steps
from finance_hooks.mapping.case import open_case
from finance_hooks.mapping.codes import find_codes, journal_keys
from finance_hooks.mapping.map_documents import MappedDocument, map_documents
from finance_hooks.mapping.map_lines import find_leg_codes, find_row_of
from finance_hooks.mapping.parties import map_document_party
from finance_hooks.mapping.tables import Tables, read_tables
from finance_hooks.model.administration import Administration
from finance_hooks.model.document import Document
from finance_hooks.model.masters import Masters
from finance_hooks.model.park_reason import ReasonCode
from tests.mapping.examples import Limits, the_administration


def main(folder: Path, act: str) -> None:
    """Go chunk by chunk, as nights do."""
    administration = the_administration(folder / "mappings")
    desk = Desk(
        administration=administration,
        tables=read_tables(administration, folder / "mappings"),
        masters=read_masters(folder),
    )
    steps = Steps()
    missing = lines = 0
    with (folder / "product.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(MAPPED)
        for number in range(1, len(list(folder.glob("lines-*.csv"))) + 1):
            documents = read_chunk(folder, number)
            lines += sum(len(document.lines) for document in documents)
            steps.end("read")
            if act == "codes":
                missing += desk.find(documents)
                mapped: list[MappedDocument] = []
            else:
                mapped = desk.map(documents)
                missing += sum(len(one.reasons) for one in mapped)
            steps.end("join")
            writer.writerows(_rows(mapped))
            steps.end("write")
    print(json.dumps(steps.told(lines=lines, missing=missing)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What documents are mapped with."""

    administration: Administration
    tables: Tables
    masters: Masters

    def map(self, documents: Sequence[Document]) -> list[MappedDocument]:
        """Map documents to entries, with VAT, totals, texts, references and the rows behind them."""
        mapped = map_documents(
            documents,
            tables=self.tables,
            administration=self.administration,
            masters=self.masters,
            settings=Limits(),
            posting_key=lambda document: str(document.key),
        )
        return list(mapped)

    def find(self, documents: Sequence[Document]) -> int:
        """Find the rows for all codes of documents, and return how many have none."""
        codes = find_codes(documents, self.tables)
        missing = 0
        for document in documents:
            case = open_case(document, self.masters, codes)
            next(codes.journals[key] for key in journal_keys(document, case.asks_on) if key in codes.journals)
            map_document_party(case)
            unmapped = ReasonCode.PAYMENT_TERM_UNMAPPED
            find_row_of("payment_term", document.payment_term, codes.payment_terms, unmapped, case)
            for line in document.lines:
                find_leg_codes(line, case)
            missing += len(case.trace.reasons)
        return missing


def _rows(mapped: Sequence[MappedDocument]) -> Iterator[tuple[object, ...]]:
    for one in mapped:
        if one.entry is not None:
            for line in one.entry.lines:
                yield (
                    one.document.number,
                    line.number,
                    line.ledger_account,
                    line.vat_code,
                    line.cost_centre,
                    line.cost_unit,
                    one.entry.journal,
                    one.entry.party,
                    one.entry.payment_term,
                )


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
