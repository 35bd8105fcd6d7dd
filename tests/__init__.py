"""What the system promises, as tests."""
