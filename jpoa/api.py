"""Joins the apps' API routes, and turns a refusal of the domain into an HTTP answer."""
