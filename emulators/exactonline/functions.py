"""The two functions of the API that are no resource: rights of the user, start of a sync.

Sources: vendor's pages UsersUserHasRights and ReadSyncSyncSyncTimestamp.
"""

from datetime import datetime

from werkzeug.wrappers import Response

from emulators.exactonline import wire
from emulators.exactonline.books import Row
from emulators.exactonline.errors import bad_query
from emulators.exactonline.filter_words import TOKEN, read_moment
from emulators.exactonline.reading import Reading
from emulators.exactonline.resources import resources


def call(reading: Reading) -> Response:
    """Answer a function."""
    if reading.address.function == "user_has_rights":
        return _user_has_rights(reading)
    return _sync_timestamp(reading)


def _user_has_rights(reading: Reading) -> Response:
    endpoint = _text(reading, "endpoint").lower()
    action = _text(reading, "action").upper()
    shape = resources().get(endpoint)
    allowed = shape is not None and action in shape.methods
    if action != "GET":
        allowed = allowed and reading.books.user.may_post
    return wire.answer({"d": {"UserHasRights": allowed}})


def _sync_timestamp(reading: Reading) -> Response:
    modified = _moment(reading)
    name = _text(reading, "endPoint").lower()
    shape = next(
        (each for path, each in resources().items() if each.is_sync and path.endswith(f"/{name}")), None
    )
    if shape is None:
        raise bad_query()
    # Rows changed from the moment on have a higher version than this.
    rows = sorted(reading.books.rows(shape.table), key=lambda row: row["Timestamp"])
    later = [row["Timestamp"] for row in rows if _changed_at(row) >= modified]
    last = rows[-1]["Timestamp"] if rows else 1
    start = later[0] - 1 if later else last
    row = {
        "__metadata": {"type": f"{wire.NAMESPACE}.Sync.SyncTimestamp"},
        "Modified": f"/Date({wire.milliseconds(modified)})/",
        "API": shape.name,
        "TimeStampAsBigInt": str(start),
    }
    return wire.answer(wire.collection([row], bare=False))


def _changed_at(row: Row) -> datetime:
    changed: datetime = row.get("Modified") or row.get("Created") or row["DeletedDate"]
    return changed


def _text(reading: Reading, name: str) -> str:
    text = reading.request.args.get(name, "")
    match = TOKEN.fullmatch(text)
    if match is None or match["string"] is None:
        raise bad_query()
    return match["string"][1:-1]


def _moment(reading: Reading) -> datetime:
    match = TOKEN.fullmatch(reading.request.args.get("modified", ""))
    if match is None or match["date"] is None:
        raise bad_query()
    return read_moment(match["date_text"])
