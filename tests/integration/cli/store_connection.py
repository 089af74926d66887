"""The Airflow connection of a store, as JSON."""

import json

import sqlalchemy as sa


def store_connection(store_url: str, **extra: str) -> str:
    address = sa.make_url(store_url)
    return json.dumps(
        {
            "conn_type": "postgres",
            "host": address.host,
            "port": address.port,
            "login": address.username,
            "password": address.password,
            "schema": address.database,
            "extra": {"environment": "test", **extra},
        }
    )
