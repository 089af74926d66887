"""The parsers of files that people lay down: mapping tables, field tables, audit files."""

import tempfile
from collections.abc import Callable
from pathlib import Path

from emulators.audit_file_style import Style
from finance_hooks.mapping import schemas
from finance_hooks.mapping.administrations import read_administrations
from finance_hooks.mapping.own_rows import read_own_rows
from finance_hooks.mapping.problems import write_problems
from finance_hooks.mapping.tables import check_mappings, read_tables
from finance_hooks.model.errors import ConfigurationError
from finance_hooks.posting.audit_file import AuditFile
from finance_hooks.posting.audit_file_entries import as_booked, as_other
from finance_hooks.sources.qubz.fields import FOLDER as FIELD_TABLES
from finance_hooks.sources.qubz.fields import read_field_tables
from tests.hostile.parser import Parser
from tests.mapping.examples import HEADERS, ROWS, the_administration, write_folder
from tests.posting.audit_files import written
from tests.posting.entries import ENTRY

_FOLDER = tempfile.TemporaryDirectory(prefix="hostile-")
HERE = Path(_FOLDER.name)
TABLES = write_folder(HERE / "mappings")
ADMINISTRATION = the_administration(TABLES)
POLICIES = b"sync_id,corrections,relations,note\nnl,,,\n"


def mapping_file(name: str) -> bytes:
    return "\n".join([",".join(HEADERS[name].header), *ROWS[name], ""]).encode()


def _mapping(name: str) -> Callable[[bytes], object]:
    """Read the tables with another content of one file, which is put right again."""

    def parse(content: bytes) -> object:
        path = TABLES / name
        path.write_bytes(content)
        try:
            found = [problem for row in read_administrations(TABLES) for problem in row.problems]
            said = write_problems([*found, *check_mappings(TABLES)])
            read_tables(ADMINISTRATION, TABLES)
            return said
        finally:
            path.write_bytes(mapping_file(name))

    return parse


def _policies(content: bytes) -> object:
    folder = HERE / "policies"
    folder.mkdir(exist_ok=True)
    (folder / "policies.csv").write_bytes(content)
    return write_problems(read_own_rows(folder, schemas.POLICIES, ["nl"]).problems)


def _fields(name: str) -> Callable[[bytes], object]:
    folder = HERE / f"tables-{name}"

    def parse(content: bytes) -> object:
        folder.mkdir(exist_ok=True)
        for other in ("fields.csv", "enums.csv"):
            (folder / other).write_bytes((FIELD_TABLES / other).read_bytes())
        (folder / name).write_bytes(content)
        return read_field_tables(folder)

    return parse


def _audit_file(content: bytes) -> object:
    path = HERE / "hostile.xaf"
    path.write_bytes(content)
    file = AuditFile(path)
    return [
        (
            transaction.references,
            as_other(transaction),
            as_booked(transaction, ENTRY, fiscal_year=2026, vat_accounts=file.vat_accounts, currency="EUR"),
        )
        for transaction in file.transactions()
    ]


def _audit_samples() -> tuple[bytes, ...]:
    return tuple(written(HERE, Style(version=version)).path.read_bytes() for version in ("3.2", "4.0"))


PARSERS = (
    *(
        Parser(
            name=f"mapping-{Path(name).stem}",
            parse=_mapping(name),
            samples=(mapping_file(name),),
            promised=(ConfigurationError,),
        )
        for name in ("administrations.csv", "books/vat_codes.csv", "books/parties.csv", "books/journals.csv")
    ),
    Parser(name="mapping-policies", parse=_policies, samples=(POLICIES,)),
    *(
        Parser(
            name=f"tables-{Path(name).stem}",
            parse=_fields(name),
            samples=((FIELD_TABLES / name).read_bytes(),),
            promised=(ConfigurationError,),
        )
        for name in ("fields.csv", "enums.csv")
    ),
    Parser(name="audit-file", parse=_audit_file, samples=_audit_samples(), promised=(ConfigurationError,)),
)
