"""Send bookings by a dlt pipeline with a custom destination and dlt's own retrying requests.

Needs dlt (bench/requirements.lock). What failed is loaded again, as an orchestrator does.

python bench/dlt_pipeline.py FILE_OF_REQUESTS
"""

import json
import sys
import tempfile
import time
from pathlib import Path

import dlt
from dlt.pipeline.exceptions import PipelineStepFailed
from dlt.sources.helpers.requests import Client

LOADS = 5


def main(file: Path) -> None:
    """Send them all, and say how long it took."""
    bookings = [{"booking": line} for line in file.read_text(encoding="utf-8").splitlines()]
    client = Client(request_backoff_factor=0.01)
    client.session.trust_env = False

    @dlt.destination(batch_size=1, name="books", skip_dlt_columns_and_tables=True)
    def books(items: list[dict[str, str]], _table: object) -> None:
        for item in items:
            booking = json.loads(item["booking"])
            client.session.request(
                booking["method"],
                booking["url"],
                data=booking["body"].encode("latin-1"),
                headers=booking["headers"],
            ).raise_for_status()

    with tempfile.TemporaryDirectory() as folder:
        pipeline = dlt.pipeline("bookings", pipelines_dir=folder, destination=books)
        started = time.perf_counter()
        pipeline.extract(bookings, table_name="bookings")
        pipeline.normalize()
        for _ in range(LOADS):
            try:
                pipeline.load(workers=1)
            except PipelineStepFailed:
                continue
            break
        seconds = time.perf_counter() - started
    print(json.dumps({"seconds": seconds}))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
