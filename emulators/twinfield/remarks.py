"""Messages on the nodes of a reply: msgtype, msg and result, with result 0 on every node above.

Source: replies recorded in the tests of php-twinfield/twinfield; `//` joins several messages of one node.
"""

from lxml.etree import _Element as Element

from emulators.twinfield.errors import text

JOINT = "//"


class Remarks:
    """What is wrong with one document; a warning counts only where it is raised."""

    def __init__(self, root: Element, language: str) -> None:
        """Remark on the nodes below this root, in the user's language."""
        self.root = root
        self.language = language
        self.refused = False

    def error(self, node: Element, name: str, /, **values: object) -> None:
        """Refuse a node."""
        self._mark(node, "error", text(self.language, name, **values))

    def warn(self, node: Element, name: str, /, **values: object) -> None:
        """Warn about a node, which refuses it too unless warnings are not raised there."""
        raised = node.get("raisewarning") or self.root.get("raisewarning") or "true"
        if raised != "false":
            self._mark(node, "warning", text(self.language, name, **values))

    def say(self, node: Element, message: str) -> None:
        """Refuse a node in words that are not among Twinfield's own."""
        self._mark(node, "error", message)

    def _mark(self, node: Element, kind: str, message: str) -> None:
        self.refused = True
        before = node.get("msg")
        if before is None:
            node.attrib.pop("result", "")
            node.set("msgtype", kind)
        elif kind == "error":
            node.set("msgtype", kind)
        node.set("msg", f"{before}{JOINT}{message}" if before else message)
        node.set("result", "0")
        above: Element | None = node
        while above is not None and above is not self.root:
            above = above.getparent()
            if above is not None:
                above.set("result", "0")
