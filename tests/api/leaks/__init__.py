"""A proof that no reader gets what is not public, whatever is asked."""
