"""The same codes looked up three ways: by the product, by DuckDB, by Polars, from the same files."""
