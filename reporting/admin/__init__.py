"""The admin of reports: what is written at the desk, to be looked up row by row, and written here too."""
