"""The handbook: its reference pages are written from the code, and the site is built from docs/."""
