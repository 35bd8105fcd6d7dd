"""What keeps it running: requests by number, logs, health, metrics, backups."""
