"""How the program remembers: one SQLite file, written by one connection in one thread."""
