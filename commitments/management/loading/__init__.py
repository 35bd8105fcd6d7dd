"""Reads `fixtures/` into the database: idempotent, and by the same moves as people make."""
