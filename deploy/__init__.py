"""Set-up, start and stop of Grounds on one machine. Standard library only, Python 3.9 or newer."""
