"""PostgreSQL, told with every statement who reads."""
