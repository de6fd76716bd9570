"""Facts and law in, findings out. Pure: no Django, no clock, no I/O."""
