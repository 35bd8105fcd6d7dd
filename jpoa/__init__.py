"""Wiring only: settings, routes, and how a refusal becomes an HTTP answer."""
