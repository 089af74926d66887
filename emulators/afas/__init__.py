"""A stand-in for AFAS Profit's REST services, written from the vendor's pages."""
