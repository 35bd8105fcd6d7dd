"""What keeps it running: logs, health, metrics, an absent database, backups, migrations."""
