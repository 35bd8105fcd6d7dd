"""Reads commitments, writes documents."""
