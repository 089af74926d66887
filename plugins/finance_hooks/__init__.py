"""Bring the invoices of 21QUBZ into the customer's bookkeeping, once and completely."""
