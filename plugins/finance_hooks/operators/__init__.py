"""Run the use cases as Airflow tasks: arguments in, one use case called, counts out."""
