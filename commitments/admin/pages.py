"""Registers every page. Apart from the package itself, which is imported while the site is still being made."""

from commitments.admin import commitments, cycles, history, invitations, people, plan, updates

__all__ = ["commitments", "cycles", "history", "invitations", "people", "plan", "updates"]
