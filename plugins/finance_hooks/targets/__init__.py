"""Know the bookkeeping packages: one folder each, one registry."""
