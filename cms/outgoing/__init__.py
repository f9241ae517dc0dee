"""Requests of ours to other machines: never into our own network, never for ever."""
