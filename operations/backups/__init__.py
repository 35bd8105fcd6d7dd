"""One folder a backup: the database, the files, and what both have to add up to."""
