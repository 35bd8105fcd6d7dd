"""The admin: one module a noun, the same rules as everywhere."""
