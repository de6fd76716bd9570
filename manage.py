#!/usr/bin/env python
"""Django's commands; `make -s manage ARGS="…"` runs this in the environment that set-up made."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory.settings")
    try:
        import inventory.settings  # noqa: F401 (read here, so that a refusal is one clear line)
    except ImproperlyConfigured as refusal:
        sys.exit(f"grounds: {refusal}")
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
