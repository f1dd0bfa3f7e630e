"""A server that does everything wrong that a server can, and what must come of each fault."""
