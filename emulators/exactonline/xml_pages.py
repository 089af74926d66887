"""The pages under /docs: XML upload and download, attachments.

Sources: picqer/exact-php-client, zangra-dev/ExactOnlineBundle, frank2exactonline; XML schema copy in
Kah0ona/exactonline4j.
"""

import base64
from urllib.parse import parse_qs

from lxml import etree
from werkzeug.wrappers import Request, Response

from emulators.exactonline.books import Books
from emulators.exactonline.errors import ExactError, not_found
from emulators.exactonline.xml_download import download
from emulators.exactonline.xml_upload import FATAL, upload, write_message

XML_TYPE = "text/xml; charset=utf-8"
TOPIC = "GLTransactions"


def answer(books: Books, request: Request) -> Response:
    """Answer one page."""
    page = request.path.rpartition("/")[2].lower()
    asked = {name: values[0] for name, values in parse_qs(request.query_string.decode()).items()}
    if page == "sysattachment.aspx" and request.method == "GET":
        return _attachment(books, asked.get("ID", ""))
    if page == "xmlupload.aspx" and request.method == "POST":
        if not books.user.may_post:
            raise ExactError(403, "Forbidden")
        return _upload(books, asked, request.get_data())
    if page == "xmldownload.aspx" and request.method == "GET":
        return _xml(download(books, asked) if asked.get("Topic") == TOPIC else _unknown_topic(books, asked))
    raise not_found(page)


def _upload(books: Books, asked: dict[str, str], body: bytes) -> Response:
    if asked.get("Topic") != TOPIC:
        return _xml(_unknown_topic(books, asked))
    return _xml(upload(books, body, asked.get("Params_Journal")))


def _unknown_topic(books: Books, asked: dict[str, str]) -> etree._Element:
    root = etree.Element("eExact")
    messages = etree.SubElement(root, "Messages")
    text = f"Onbekend: Topic {asked.get('Topic', '')}"
    write_message(messages, books, kind=FATAL, key="", number="", text=text)
    return root


def _attachment(books: Books, key: str) -> Response:
    row = books.get("documents/DocumentAttachments", key.strip("{}"))
    response = Response(base64.b64decode(row["Attachment"]), content_type="application/octet-stream")
    response.headers["Content-Disposition"] = f'attachment; filename="{row["FileName"]}"'
    return response


def _xml(root: etree._Element) -> Response:
    return Response(etree.tostring(root, xml_declaration=True, encoding="utf-8"), content_type=XML_TYPE)
