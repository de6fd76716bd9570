"""What statutes say: dated, cited data and the code that loads it. Standard library only."""
