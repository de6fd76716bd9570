"""Loaded by pytest before the settings are: tests bring a secret key and need no set-up for it."""

from __future__ import annotations

import os
import secrets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "inventory.settings")
if not os.environ.get("SECRET_KEY_FILE"):
    os.environ.setdefault("SECRET_KEY", secrets.token_urlsafe(64))
