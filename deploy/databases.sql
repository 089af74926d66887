-- Beside the database of Airflow's metadata, which POSTGRES_DB makes, one for the store.
CREATE DATABASE finance_store;
