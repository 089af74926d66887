"""Look up the same codes in Polars; run by an interpreter that has polars, prints one JSON object.

python polars_joins.py FOLDER
"""

import json
import sys
from pathlib import Path

import polars as pl

sys.path.insert(0, str(Path(__file__).parent))
from measured import Steps

FIRST, LAST = "0001-01-01", "9999-12-31"
MAPPED = [
    "document",
    "line",
    "ledger_account",
    "vat_code",
    "cost_centre",
    "cost_unit",
    "journal",
    "party",
    "payment_term",
]


def main(folder: Path) -> None:
    """Read everything, join it, write the mapped lines."""
    steps = Steps()
    tables = _read_tables(folder)
    documents = pl.read_csv(folder / "documents-*.csv", infer_schema=False)
    lines = pl.read_csv(folder / "lines-*.csv", infer_schema=False)
    steps.end("read")
    found = _found(lines.lazy(), _headed(documents.lazy(), tables), tables).collect()
    parked = found.filter(pl.col("missing").list.len() > 0)
    mapped = found.join(parked.select("document").unique(), on="document", how="anti").select(MAPPED)
    steps.end("join")
    mapped.write_csv(folder / "polars.csv")
    steps.end("write")
    missing = parked.select("document", "missing").explode("missing").unique().height
    print(json.dumps(steps.told(lines=lines.height, missing=missing)))


def _read_tables(folder: Path) -> dict[str, pl.LazyFrame]:
    books = folder / "mappings" / "books"
    tables = {}
    for name in ("journals", "ledger_accounts", "vat_codes", "cost_centres", "cost_units", "payment_terms"):
        read = pl.read_csv(books / f"{name}.csv", infer_schema=False)
        tables[name] = read.with_columns(
            pl.col("valid_from").fill_null(FIRST), pl.col("valid_until").fill_null(LAST)
        ).lazy()
    tables["parties"] = pl.read_csv(books / "parties.csv", infer_schema=False).lazy()
    articles = folder / "mappings" / "qubz" / "article_accounts.csv"
    tables["article_accounts"] = pl.read_csv(articles, infer_schema=False).lazy()
    masters = json.loads((folder / "masters.json").read_text(encoding="utf-8"))
    tables["party_masters"] = pl.LazyFrame({"party": masters["parties"], "known": True})
    tables["vat_masters"] = pl.LazyFrame(masters["vat_codes"])
    return tables


def _headed(documents: pl.LazyFrame, tables: dict[str, pl.LazyFrame]) -> pl.LazyFrame:
    """Look up what documents ask: journal, party and payment term."""
    sales = pl.col("type").str.starts_with("sales")
    journals = tables["journals"].select("document_type", "journal")
    ruled = pl.when(sales).then(pl.lit("D")).otherwise(pl.lit("C")) + pl.col("party").str.zfill(8)
    party = pl.when(pl.col("known")).then(pl.coalesce("target_party", ruled))
    return (
        documents.with_columns(
            in_currency=pl.col("type") + "/" + pl.col("currency"),
            direction=pl.when(sales).then(pl.lit("sales")).otherwise(pl.lit("purchase")),
            role=pl.when(sales).then(pl.lit("debtor")).otherwise(pl.lit("creditor")),
        )
        .join(
            journals.rename({"journal": "own"}), left_on="in_currency", right_on="document_type", how="left"
        )
        .join(journals.rename({"journal": "plain"}), left_on="type", right_on="document_type", how="left")
        .join(tables["parties"].select("party", "role", "target_party"), on=["party", "role"], how="left")
        .join(tables["party_masters"], on="party", how="left")
        .join(
            tables["payment_terms"].select("source_code", term="target_code"),
            left_on="payment_term",
            right_on="source_code",
            how="left",
        )
        .select(
            "document",
            "date",
            "direction",
            pl.coalesce("own", "plain").alias("journal"),
            party.alias("party"),
            pl.col("term").alias("payment_term"),
        )
    )


def _found(lines: pl.LazyFrame, headed: pl.LazyFrame, tables: dict[str, pl.LazyFrame]) -> pl.LazyFrame:
    """Look up what lines ask, and name what has no row."""
    articles = tables["article_accounts"]
    lines = (
        lines.join(headed, on="document")
        .join(
            articles.filter(pl.col("article").is_not_null() & pl.col("activity").is_not_null()).select(
                "article", "activity", pair="source_account"
            ),
            on=["article", "activity"],
            how="left",
        )
        .join(
            articles.filter(pl.col("activity").is_null()).select("article", by_article="source_account"),
            on="article",
            how="left",
        )
        .join(
            articles.filter(pl.col("article").is_null()).select("activity", by_activity="source_account"),
            on="activity",
            how="left",
        )
        .with_columns(asked=pl.coalesce("ledger_account", "pair", "by_article", "by_activity"))
    )
    # Held in memory: a plan that begins anew for every table's codes would join it all once for each.
    lines = lines.collect().lazy()
    asking = lines
    for name, table, key, keys, target in _steps(tables):
        lines = lines.join(_held(asking, name, table, key, keys, target), on=[*key, "date"], how="left")
    lines = lines.with_columns(account=pl.coalesce("own_account", "shared_account"))
    asked = {
        "ledger_account": pl.col("account").is_null(),
        "vat_code": pl.col("vat").is_null(),
        "cost_centre": pl.col("cost_centre").is_not_null() & pl.col("centre").is_null(),
        "cost_unit": pl.col("cost_unit").is_not_null() & pl.col("unit").is_null(),
        "journal": pl.col("journal").is_null(),
        "party": pl.col("party").is_null(),
        "payment_term": pl.col("payment_term").is_null(),
    }
    faulty = pl.concat_list(
        [pl.when(absent).then(pl.lit(name)) for name, absent in asked.items()]
    ).list.drop_nulls()
    return lines.select(
        "document",
        "line",
        pl.col("account").alias("ledger_account"),
        pl.col("vat").alias("vat_code"),
        pl.col("centre").alias("cost_centre"),
        pl.col("unit").alias("cost_unit"),
        "journal",
        "party",
        "payment_term",
        pl.when(pl.any_horizontal(*asked.values()))
        .then(faulty)
        .otherwise(pl.lit([], pl.List(pl.String)))
        .alias("missing"),
    )


def _steps(tables: dict[str, pl.LazyFrame]) -> list[tuple[str, pl.LazyFrame, list[str], list[str], str]]:
    ledger = tables["ledger_accounts"]
    mine, shared = (ledger.filter(pl.col("administration") == name) for name in ("nl", "*"))
    # The conditions of a VAT row are about the source's VAT code, so they are held against it once.
    agreeing = (
        tables["vat_codes"]
        .join(tables["vat_masters"], left_on="source_vat_code", right_on="vat_code", suffix="_of_source")
        .join(pl.LazyFrame({"side": ["sales", "purchase"]}), how="cross")
        .filter(
            *(
                pl.col(name).is_null() | (pl.col(name) == pl.col(f"{name}_of_source"))
                for name in ("treatment", "rate", "country")
            ),
            pl.col("direction").is_null() | (pl.col("direction") == pl.col("side")),
        )
    )
    return [
        ("own_account", mine, ["asked"], ["source_account"], "target_account"),
        ("shared_account", shared, ["asked"], ["source_account"], "target_account"),
        ("vat", agreeing, ["vat_code", "direction"], ["source_vat_code", "side"], "target_vat_code"),
        ("centre", tables["cost_centres"], ["cost_centre"], ["source_code"], "target_code"),
        ("unit", tables["cost_units"], ["cost_unit"], ["source_code"], "target_code"),
    ]


def _held(
    lines: pl.LazyFrame, name: str, table: pl.LazyFrame, key: list[str], keys: list[str], target: str
) -> pl.LazyFrame:
    """Find the row of each distinct code on each date: Polars joins on equality fastest."""
    asked = lines.select(*key, "date").unique()
    found = asked.join(table.select(*keys, "valid_from", "valid_until", target), left_on=key, right_on=keys)
    return found.filter(pl.col("date").is_between("valid_from", "valid_until")).select(
        *key, "date", pl.col(target).alias(name)
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
