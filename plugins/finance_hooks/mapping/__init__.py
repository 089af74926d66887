"""Turn source documents into entries in a target's own codes, by tables that bookkeepers keep."""
