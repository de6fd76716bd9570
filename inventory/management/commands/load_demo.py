"""Load the demo register once, and print its sign-ins."""

from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone

from inventory.services.demo import load_demo

PASSWORDS = "demo-passwords.txt"


class Command(BaseCommand):
    help = "Load the demo register with its two organisations, unless it is there already."

    def handle(self, **_: Any) -> None:
        now: datetime = timezone.now()
        directory = settings.BASE_DIR / "fixtures" / "demo"
        loaded = load_demo(directory, today=timezone.localdate(), now=now)
        file = settings.VAR_DIR / PASSWORDS
        if not loaded.passwords:
            self.stdout.write(f"The demo register is there already. Sign-ins: {file}")
            return
        lines = [f"{email}  {password}" for email, password in loaded.passwords.items()]
        _keep(file, "\n".join(lines) + "\n")
        self.stdout.write(f"Loaded {' and '.join(loaded.organisations)}. Sign-ins, kept in {file}:")
        for line in lines:
            self.stdout.write(f"  {line}")


def _keep(file: Path, text: str) -> None:
    """Write it so that nobody else on the machine can read it, not even for a moment."""
    file.parent.mkdir(exist_ok=True)
    file.unlink(missing_ok=True)
    file.touch(mode=0o600)
    file.write_text(text, encoding="utf-8")
