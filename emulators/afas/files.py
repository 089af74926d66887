"""Files of dossier items: SubjectConnector and FileConnector, in each form of their address.

Sources: docs.afas.help/apidoc/nl (parameters in the query), docs.afas.help/profit/nl/howto-bijlage-dossier,
dutchgrit/afasclient (parameters in the path, `filenameuri`), GarbageSlave/afas-connect (SendFileAsBinary).
"""

import base64

from werkzeug.wrappers import Request, Response

from emulators.afas import wire
from emulators.afas.books import Books
from emulators.afas.errors import Bare
from emulators.afas.subjects import file_of

NAMES = frozenset({"subjectconnector", "fileconnector"})
# What a file is named by: the parameters in the order they have in a path, each with its names in a query.
SUBJECT, FILE, NAME = ("subjectid",), ("fileid",), ("filename", "filenameuri")
PARAMETERS = {"subjectconnector": (SUBJECT, FILE), "fileconnector": (FILE, NAME)}


def answer(books: Books, request: Request, name: str, steps: list[str]) -> Response:
    """Answer with a file: as JSON, or bare when the caller sends `SendFileAsBinary: 1`."""
    wanted = PARAMETERS[name]
    asked = {key.lower(): text for key, text in request.args.items()}
    given = [*steps, *(_of(asked, names) for names in wanted[len(steps) :])]
    if len(given) != len(wanted) or "" in given:
        raise Bare(404)
    found = file_of(books, *given) if name == "subjectconnector" else file_of(books, None, given[0])
    if request.headers.get("SendFileAsBinary", "").strip() != "1":
        return wire.answer(found)
    return Response(base64.b64decode(str(found["filedata"])), content_type=str(found["mimetype"]))


def _of(asked: dict[str, str], names: tuple[str, ...]) -> str:
    return next((asked[name] for name in names if name in asked), "")
