from chaos.store import Stores
from local.databases import Databases
from local.ports import LOOPBACK, free_port


def test_a_store_that_is_away_answers_nothing_instead_of_that_all_is_settled() -> None:
    nowhere = f"postgresql+psycopg2://nobody@{LOOPBACK}:{free_port()}/nothing"
    stores = Stores(Databases(airflow_url=nowhere, store_url=nowhere, token_keys=()))

    assert stores.open_postings() is None
    assert stores.active_runs() is None
    assert stores.running_tasks() == []
