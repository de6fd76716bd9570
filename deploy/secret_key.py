"""The secret key of a checkout that was given none: made once, readable by its owner alone."""

from __future__ import annotations

import os
import secrets as random

from deploy.place import VAR, make_var, write_private


def make_secret_key() -> None:
    """Make var/secret-key, unless there is one or the environment brings its own."""
    path = make_var(VAR) / "secret-key"
    if path.exists() or os.environ.get("SECRET_KEY") or os.environ.get("SECRET_KEY_FILE"):
        return
    write_private(path, random.token_urlsafe(64) + "\n")
