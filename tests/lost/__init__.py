"""Battery B: no acknowledged word is lost. The real application, served by real gunicorn, on a database on a disk."""
