"""The web desk, signed in: the daily work of focal points, coordinators, secretariat and partners."""
