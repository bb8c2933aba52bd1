"""Settings, the entry point of the desk, and what an operator does to a deployment."""
