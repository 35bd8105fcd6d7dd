"""The plan, the people, and what they report."""
