"""What has to be known of each package to judge its books."""

from collections.abc import Mapping

MERGED_ACCOUNTS: Mapping[str, Mapping[str, str]] = {
    "exact_nl": {"16222": "16221", "16224": "16223"},
    "exact_be": {"451055": "451056", "451057": "451056", "700430": "700450"},
    "twinfield_nl": {"1531": "1530", "1536": "1535", "1537": "1535"},
    "afas_nl": {"1310": "1300", "1501": "1500", "1505": "1500", "1511": "1510", "1525": "1520"},
    "accountview_nl": {"1611": "1610", "1613": "1612"},
}
"""Ledger accounts that a package keeps apart where the source has one, to the one that the tables name."""

SETTLE_S: Mapping[str, int] = {
    "exact_nl": 360,
    "exact_be": 360,
    "twinfield_nl": 300,
    "afas_nl": 900,
    "accountview_nl": 600,
}
"""After how long a package cannot be working on a request any more, as its sheet says."""

BATCH_SIZE: Mapping[str, int] = {"twinfield_nl": 25}
"""How many documents go into one request where it is more than one."""

OTHERS: Mapping[str, str] = {
    "exact_nl": "1234568",
    "exact_be": "7654322",
    "twinfield_nl": "NL43",
    "afas_nl": "2",
    "accountview_nl": "VB02",
}
"""Another administration of the same package, which the same connection may book in."""
