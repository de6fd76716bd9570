"""The only code that writes. Verbs, transactions, permissions, evaluation."""
