"""Try to break the promise: never book twice, never lose a document."""
