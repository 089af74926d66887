"""Name the things the project speaks of: documents, entries, outcomes, reasons, money."""
