"""A stand-in for the finance export of 21QUBZ, a Mendix application."""
