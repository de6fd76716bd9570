"""Grounds: a data inventory and justification registry."""
