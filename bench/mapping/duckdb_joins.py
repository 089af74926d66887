"""Look up the same codes in DuckDB; run by an interpreter that has duckdb, prints one JSON object.

python duckdb_joins.py FOLDER [THREADS]
"""

import json
import sys
from pathlib import Path

import duckdb

sys.path.insert(0, str(Path(__file__).parent))
from measured import Steps

TABLES = """
CREATE TABLE {name} AS SELECT * REPLACE (
    coalesce(valid_from, '0001-01-01') AS valid_from, coalesce(valid_until, '9999-12-31') AS valid_until
) FROM read_csv('{path}', all_varchar=true)
"""
READ = """
CREATE TABLE documents AS SELECT * FROM read_csv('{folder}/documents-*.csv', all_varchar=true);
CREATE TABLE lines AS SELECT * FROM read_csv('{folder}/lines-*.csv', all_varchar=true)
"""
FOUND = """
CREATE TABLE headed AS SELECT
    d.document, d.type, d.date,
    CASE WHEN d.type LIKE 'sales%' THEN 'sales' ELSE 'purchase' END AS direction,
    coalesce(currency.journal, plain.journal) AS journal,
    CASE WHEN master.party IS NOT NULL THEN coalesce(
        own.target_party,
        CASE WHEN d.type LIKE 'sales%' THEN 'D' ELSE 'C' END || lpad(d.party, 8, '0')
    ) END AS party,
    term.target_code AS payment_term
FROM documents d
LEFT JOIN journals currency ON currency.document_type = d.type || '/' || d.currency
LEFT JOIN journals plain ON plain.document_type = d.type
LEFT JOIN parties own ON own.party = d.party
    AND own.role = CASE WHEN d.type LIKE 'sales%' THEN 'debtor' ELSE 'creditor' END
LEFT JOIN party_masters master ON master.party = d.party
LEFT JOIN payment_terms term ON term.source_code = d.payment_term;
CREATE TABLE found AS SELECT
    l.document, l.line, h.journal, h.party, h.payment_term,
    coalesce(mine.target_account, shared.target_account) AS ledger_account,
    vat.target_vat_code AS vat_code,
    cost_centre.target_code AS cost_centre, cost_unit.target_code AS cost_unit,
    concat_ws(' ',
        CASE WHEN coalesce(mine.target_account, shared.target_account) IS NULL THEN 'ledger_account' END,
        CASE WHEN vat.target_vat_code IS NULL THEN 'vat_code' END,
        CASE WHEN l.cost_centre IS NOT NULL AND cost_centre.target_code IS NULL THEN 'cost_centre' END,
        CASE WHEN l.cost_unit IS NOT NULL AND cost_unit.target_code IS NULL THEN 'cost_unit' END,
        CASE WHEN h.journal IS NULL THEN 'journal' END,
        CASE WHEN h.party IS NULL THEN 'party' END,
        CASE WHEN h.payment_term IS NULL THEN 'payment_term' END
    ) AS missing
FROM lines l
JOIN headed h ON h.document = l.document
LEFT JOIN article_accounts pair ON pair.article = l.article AND pair.activity = l.activity
LEFT JOIN article_accounts article ON article.article = l.article AND article.activity IS NULL
LEFT JOIN article_accounts activity ON activity.article IS NULL AND activity.activity = l.activity
LEFT JOIN ledger_accounts mine ON mine.administration = 'nl' AND mine.source_account
    = coalesce(l.ledger_account, pair.source_account, article.source_account, activity.source_account)
    AND h.date BETWEEN mine.valid_from AND mine.valid_until
LEFT JOIN ledger_accounts shared ON shared.administration = '*' AND shared.source_account
    = coalesce(l.ledger_account, pair.source_account, article.source_account, activity.source_account)
    AND h.date BETWEEN shared.valid_from AND shared.valid_until
LEFT JOIN vat_agreeing vat ON vat.source_vat_code = l.vat_code AND vat.direction_of = h.direction
    AND h.date BETWEEN vat.valid_from AND vat.valid_until
LEFT JOIN cost_centres cost_centre ON cost_centre.source_code = l.cost_centre
    AND h.date BETWEEN cost_centre.valid_from AND cost_centre.valid_until
LEFT JOIN cost_units cost_unit ON cost_unit.source_code = l.cost_unit
    AND h.date BETWEEN cost_unit.valid_from AND cost_unit.valid_until;
CREATE TABLE mapped AS SELECT
    document, line, ledger_account, vat_code, cost_centre, cost_unit, journal, party, payment_term
FROM found ANTI JOIN (SELECT DISTINCT document FROM found WHERE missing <> '') parked USING (document)
"""
# The conditions of a VAT row are about the source's VAT code, so they are held against it once.
AGREEING = """
CREATE TABLE vat_agreeing AS SELECT v.*, side.direction_of FROM vat_codes v
JOIN vat_masters m ON m.vat_code = v.source_vat_code
CROSS JOIN (VALUES ('sales'), ('purchase')) side(direction_of)
WHERE coalesce(v.treatment, m.treatment) = m.treatment AND coalesce(v.rate, m.rate) = m.rate
    AND coalesce(v.country, m.country) = m.country
    AND coalesce(v.direction, side.direction_of) = side.direction_of
"""
MISSING = """
SELECT count(*) FROM (
    SELECT DISTINCT document, unnest(string_split(missing, ' ')) FROM found WHERE missing <> ''
)
"""


def main(folder: str, threads: str = "") -> None:
    """Read everything, join it, write the mapped lines."""
    connection = duckdb.connect()
    if threads:
        connection.execute(f"SET threads = {int(threads)}")
    steps = Steps()
    _read_tables(connection, Path(folder))
    connection.execute(READ.format(folder=folder))
    steps.end("read")
    connection.execute(AGREEING)
    connection.execute(FOUND)
    steps.end("join")
    connection.execute(f"COPY mapped TO '{folder}/duckdb.csv' (HEADER)")
    steps.end("write")
    lines = connection.execute("SELECT count(*) FROM lines").fetchone()[0]
    missing = connection.execute(MISSING).fetchone()[0]
    print(json.dumps(steps.told(lines=lines, missing=missing)))


def _read_tables(connection: "duckdb.DuckDBPyConnection", folder: Path) -> None:
    books = folder / "mappings" / "books"
    for name in ("journals", "ledger_accounts", "vat_codes", "cost_centres", "cost_units", "payment_terms"):
        connection.execute(TABLES.format(name=name, path=books / f"{name}.csv"))
    for name, path in (
        ("parties", books / "parties.csv"),
        ("article_accounts", folder / "mappings" / "qubz" / "article_accounts.csv"),
    ):
        connection.execute(f"CREATE TABLE {name} AS SELECT * FROM read_csv('{path}', all_varchar=true)")  # noqa: S608 - our own names
    masters = json.loads((folder / "masters.json").read_text(encoding="utf-8"))
    connection.execute("CREATE TABLE party_masters (party VARCHAR)")
    connection.execute("INSERT INTO party_masters SELECT unnest(?)", [masters["parties"]])
    connection.execute(
        "CREATE TABLE vat_masters (vat_code VARCHAR, treatment VARCHAR, rate VARCHAR, country VARCHAR)"
    )
    connection.executemany(
        "INSERT INTO vat_masters VALUES (?, ?, ?, ?)",
        [
            [one[name] for name in ("vat_code", "treatment", "rate", "country")]
            for one in masters["vat_codes"]
        ],
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
