"""The callee said yes: consents, solicitations and relationships."""
