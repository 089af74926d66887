"""Talk to the project from the command line: `python -m finance_hooks.cli`."""
