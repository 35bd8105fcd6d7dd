"""Registers every page. Apart from the package itself, which is imported while the site is still being made."""

from reporting.admin import reports, written

__all__ = ["reports", "written"]
