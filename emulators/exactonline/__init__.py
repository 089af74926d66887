"""Exact Online, Dutch and Belgian hosts: REST, XML and OAuth as the vendor serves them."""
