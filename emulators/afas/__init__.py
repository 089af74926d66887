"""AFAS Profit, one environment: GetConnectors, UpdateConnectors and tokens as the vendor serves them."""
