"""The REST API of commitments."""
