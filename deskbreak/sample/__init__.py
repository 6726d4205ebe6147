"""A month that nobody lived: a made-up person at the real program, in memory and at no desktop."""
