"""Watching: what the office would otherwise notice too late (announcement, chapter 4)."""
