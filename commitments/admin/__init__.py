"""The admin: one module a noun, the same rules as everywhere. `pages` registers them all."""
