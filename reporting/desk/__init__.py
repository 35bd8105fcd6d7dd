"""The desk for reports: where editors write, States check and sign, and everybody fetches files."""
