"""Read documents and master data from 21QUBZ, a Mendix application (REST or OData)."""
