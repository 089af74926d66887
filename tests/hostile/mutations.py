"""Spoil good input: bytes cut and swapped, values of JSON, texts of XML and cells made hostile."""

import json
import re
from collections.abc import Callable
from random import Random
from typing import Any

DEEP = 3_000
HOSTILE_TEXTS = (
    *(
        "",
        " ",
        "\x00",
        "\x1b[2J",
        "\u202eexe.pdf\u202c",
        "\u200f\u05d0",
        "\U0001f5d1" * 40,
        "\ud800",
        "\ufffe",
    ),
    *(
        "=1+1",
        "@SUM(A1)",
        "-2+3",
        "+4",
        "a;=1",
        '"',
        "a,b",
        "a\nb",
        "a\rb",
        "x" * 70_000,
        "null",
        "NaN",
        "sNaN",
    ),
    *(
        "Infinity",
        "-Infinity",
        "1e400",
        "1E-400",
        "9" * 30,
        "9" * 5_000,
        "-1",
        "0",
        "\u0662",
        "\u00b2",
        "1.005",
    ),
    *(
        "0001-01-01",
        "9999-12-31",
        "2026-02-30",
        "2026-10-15T25:00:00Z",
        "0000-00-00",
        "/Date(99999999999999999)/",
    ),
    *("true", "../../etc/passwd", "http://[", "{}", "[]", "Q" * 12, "D", "yes", "1e99999999999999999999"),
)
HOSTILE_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**12, -(10**18), 10**30, 1e308, -0.0, [], {}, [[]], [None], {"a": None}),
    *({"": {}}, ["x"], [{"Id": 1}]),
)
HOSTILE_LITERALS = (
    *(
        "NaN",
        "-Infinity",
        "1e400",
        "1E-400",
        "1" + "0" * 5_000,
        "1e99999999999999999999",
        "0.1e-99999999999999999999",
    ),
    *("[" * 200 + "]" * 200, "[" * 600 + "]" * 600, "[" * DEEP + "]" * DEEP, '{"a":' * 400 + "1" + "}" * 400),
    *('"\\ud800"', '"\\u0000"', '"\\ud83d\\ude00"', '"\u202e"', "-0", "1.0000000000000000000000000000000001"),
)
HOSTILE_XML = (
    *("<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&#0;", "&#x202e;", "<![CDATA[x]]>", "<!--x-->", "<?x y?>"),
    *("<x>" * 300 + "</x>" * 300, "<a/>", "&lt;", "xmlns='y'", "<line/>", "<td/>", "<string/>"),
)
MARK = "\ue000hostile\ue000"
_NUMBER = re.compile(rb"-?\d+(\.\d+)?")
_XML_TEXT = re.compile(rb">[^<>]*<|'[^'<>]*'|\"[^\"<>]*\"")
_CELL = re.compile(rb"[^,\n]*")


def mutate(content: bytes, random: Random) -> bytes:
    """Spoil content once or a few times, in the ways that fit what it is."""
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        ways = _BY_BYTES if random.random() < 0.3 else _ways_of(content)
        content = random.choice(ways)(content, random)
    return content


def _ways_of(content: bytes) -> tuple[Callable[[bytes, Random], bytes], ...]:
    begin = content.lstrip()[:1]
    if begin in {b"{", b"["}:
        return (_json, _json, _json, _number)
    return (_xml, _xml, _number, _xml_part) if begin == b"<" else (_cell, _cell, _line, _number)


def _json(content: bytes, random: Random) -> bytes:
    try:
        tree = json.loads(content)
        holders = list(_holders(tree))
    except (ValueError, RecursionError):
        return _number(content, random)
    if not holders:
        return content
    holder, key = random.choice(holders)
    way = random.randrange(6)
    if way == 0 and isinstance(holder, dict):
        del holder[key]
    elif way == 1 and isinstance(holder, list):
        holder.insert(random.randrange(len(holder) + 1), holder[key])
    elif way == 2 and isinstance(holder, dict):
        holder[random.choice(("", key.upper(), key.lower(), f" {key}"))] = holder.pop(key)
    else:
        literal = random.choice(HOSTILE_LITERALS) if way == 3 else None
        holder[key] = MARK if literal else random.choice((*HOSTILE_VALUES, *HOSTILE_TEXTS))
        return json.dumps(tree).replace(json.dumps(MARK), literal or "").encode("utf-8", "surrogatepass")
    return json.dumps(tree).encode()


def _holders(tree: Any) -> Any:
    left = [tree]
    while left:
        holder = left.pop()
        keys = list(holder) if isinstance(holder, dict) else range(len(holder))
        for key in keys:
            yield holder, key
            if isinstance(holder[key], dict | list):
                left.append(holder[key])


def _number(content: bytes, random: Random) -> bytes:
    return _replaced(content, _NUMBER, random, random.choice(HOSTILE_LITERALS[:7]).encode())


def _xml(content: bytes, random: Random) -> bytes:
    text = random.choice(HOSTILE_TEXTS).encode("utf-8", "surrogatepass")
    found = list(_XML_TEXT.finditer(content))
    if not found:
        return content
    place = random.choice(found)
    return content[: place.start() + 1] + text + content[place.end() - 1 :]


def _xml_part(content: bytes, random: Random) -> bytes:
    place = random.choice([found.start() for found in re.finditer(rb"[<>]", content)] or [0])
    return content[:place] + random.choice(HOSTILE_XML).encode() + content[place:]


def _cell(content: bytes, random: Random) -> bytes:
    text = random.choice(HOSTILE_TEXTS).encode("utf-8", "surrogatepass")
    return _replaced(content, _CELL, random, text)


def _line(content: bytes, random: Random) -> bytes:
    lines = content.split(b"\n")
    place = random.randrange(len(lines))
    way = random.randrange(3)
    lines[place : place + 1] = ([], [lines[place]] * 2, [random.choice(lines), lines[place]])[way]
    return b"\n".join(lines)


def _replaced(content: bytes, pattern: re.Pattern[bytes], random: Random, by: bytes) -> bytes:
    found = list(pattern.finditer(content))
    if not found:
        return content + by
    place = random.choice(found)
    return content[: place.start()] + by + content[place.end() :]


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _flip(content: bytes, random: Random) -> bytes:
    if not content:
        return content
    place = random.randrange(len(content))
    return content[:place] + bytes([random.randrange(256)]) + content[place + 1 :]


def _insert(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content) + 1)
    part = random.choice(
        (b"\x00", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"\r", b'"', b"\\", b"<", b"{")
    )
    return content[:place] + part + content[place:]


def _double(content: bytes, random: Random) -> bytes:
    first, last = sorted(random.randrange(len(content) + 1) for _ in range(2))
    return content[:last] + content[first:last][:5_000] + content[last:]


def _marked(content: bytes, _random: Random) -> bytes:
    return b"\xef\xbb\xbf" + content


def _encoded(content: bytes, random: Random) -> bytes:
    name = random.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "utf-7"))
    return content.decode("utf-8", "replace").encode(name, "replace")


_BY_BYTES = (_cut, _flip, _insert, _double, _marked, _encoded)
