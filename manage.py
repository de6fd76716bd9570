#!/usr/bin/env python
"""Django's commands; `make -s manage ARGS="…"` runs this in the environment that set-up made."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory.settings")
    execute_from_command_line(sys.argv)
