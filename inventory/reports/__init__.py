"""Paper: facts of the register → values of a record → HTML → PDF."""
