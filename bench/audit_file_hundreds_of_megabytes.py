"""Read a generated audit file of several hundred MB, and state peak memory and time.

python -m bench.audit_file_hundreds_of_megabytes [MEGABYTES]
"""

import resource
import sys
import tempfile
import time
from pathlib import Path

from finance_hooks.posting.audit_file import AuditFile

LEGS = 4
HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><auditfile xmlns="http://www.auditfiles.nl/XAF/3.2"><header>'
    "<fiscalYear>2026</fiscalYear><startDate>2026-01-01</startDate><endDate>2026-12-31</endDate>"
    "<curCode>EUR</curCode><dateCreated>2027-01-04</dateCreated></header><company><companyName>x</companyName>"
    "<transactions><journal><jrnID>70</jrnID><desc>Verkoop</desc>"
)
LINE = (
    "<trLine><nr>{leg}</nr><accID>80501</accID><docRef>F2026-{number}</docRef><effDate>2026-10-31</effDate>"
    "<desc>Lediging rolcontainer 240 l [QABCDEFGHIJ]</desc><amnt>100.00</amnt><amntTp>{side}</amntTp>"
    "<custSupID>10045</custSupID><vat><vatID>4</vatID><vatPerc>21.000</vatPerc><vatAmnt>21.00</vatAmnt>"
    "<vatAmntTp>{side}</vatAmntTp></vat></trLine>"
)


def main(megabytes: int) -> int:
    """Write, read, print; return 1 when a booking was lost."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xaf"
        bookings = write(path, megabytes * 1_000_000)
        before_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started = time.perf_counter()
        read = sum(1 for _ in AuditFile(path).transactions())
        took_s = time.perf_counter() - started
        peak_kb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        size = path.stat().st_size
    print(
        f"{size / 1e6:.0f} MB, {bookings} bookings of {LEGS} legs: {took_s:.0f} s, "
        f"peak memory {peak_kb / 1024:.0f} MiB, {(peak_kb - before_kb) / 1024:.0f} of it for reading"
    )
    return int(read != bookings)


def write(path: Path, size: int) -> int:
    """Write bookings until the file is so large; return how many."""
    written = bookings = 0
    with path.open("w", encoding="utf-8") as to:
        written += to.write(HEAD)
        while written < size:
            bookings += 1
            legs = "".join(
                LINE.format(leg=leg, number=bookings, side="DC"[leg % 2]) for leg in range(1, LEGS + 1)
            )
            written += to.write(
                f"<transaction><nr>{bookings}</nr><desc>Verkoop</desc><periodNumber>10</periodNumber>"
                f"<trDt>2026-10-31</trDt>{legs}</transaction>"
            )
        to.write("</journal></transactions></company></auditfile>")
    return bookings


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 300))
