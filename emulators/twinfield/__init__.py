"""Twinfield: login host, ProcessXml, Finder and period service."""
