"""Show people, inside Airflow's own pages, how their bookkeeping links stand."""
