"""Stand-ins for 21QUBZ and the bookkeeping packages, written from the vendors' own pages."""
