"""How fast the API answers, beside a careful plain ModelViewSet and beside what the database itself can do."""
