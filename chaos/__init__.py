"""Try the promise on real processes: kill what can be killed, break the network, and judge what is left."""
