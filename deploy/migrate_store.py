"""Bring the store that connection `finance_store` leads to up to date; run it beside `airflow db migrate`."""

from finance_hooks.operators.connections import connection_of
from finance_hooks.store.engine import CONNECTION_ID, store_url
from finance_hooks.store.migrate import upgrade

if __name__ == "__main__":
    upgrade(store_url(connection_of(CONNECTION_ID)))
