"""Updates as a spreadsheet: taken away, filled offline, brought back, compared, and applied whole or not at all."""
