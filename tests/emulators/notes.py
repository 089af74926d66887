"""The smallest emulator, to try what all of them share."""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, ClassVar

from werkzeug.wrappers import Request, Response

from emulators.emulator import Emulator
from emulators.switches import Switch


class NoteEmulator(Emulator):
    """A system that keeps notes: the least an emulator can be."""

    key = "notes"
    declared_switches: ClassVar[tuple[Switch, ...]] = (
        Switch(name="loud", default=False, description="notes come back in capitals", source="test"),
        Switch(
            name="order", default="old", description="which first", source="test", positions=("old", "new")
        ),
    )

    def clear(self) -> None:
        self.notes: list[str] = []

    def state(self) -> object:
        return self.notes

    def restore(self, kept: Any) -> None:
        self.notes = kept

    def respond(self, request: Request) -> Response:
        if request.method == "POST":
            text = request.get_data(as_text=True)
            self.notes.append(self.clock.now().isoformat() if text == "the time" else text)
            return Response(json.dumps({"number": len(self.notes)}), 201, content_type="application/json")
        return Response(json.dumps(self.notes), content_type="application/json")

    def operation(self, request: Request) -> str:
        return "shout" if request.get_data(as_text=True).isupper() else ""

    def books(self, administration: str | None, since: datetime | None) -> Iterable[dict[str, Any]]:
        del administration, since
        return ({"number": number, "text": text} for number, text in enumerate(self.notes, start=1))

    def load(self, rows: Mapping[str, Any]) -> dict[str, int]:
        self.notes.extend(rows["notes"])
        return {"notes": len(rows["notes"])}
