"""The API of reports that people write."""
