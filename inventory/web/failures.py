"""The last pages: what is told when a request went wrong outside a screen. Never a bare trace.

When the database cannot be reached every page answers 503, whichever layer noticed it first.
"""

import sys
from typing import Any

from django.db import DataError, InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

NO_SHELL = "errors/{}.html"


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _bare(400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """What could not be handled: the database is gone, the input is no text, or we are wrong."""
    error = sys.exc_info()[1]
    if isinstance(error, (OperationalError, InterfaceError)):
        return _bare(503)
    if isinstance(error, DataError) or (isinstance(error, ValueError) and "NUL" in str(error)):
        return _bare(400)
    return _bare(500)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without our token: an old window, another sign-in since, or somebody else's page."""
    text = _(
        "This form was opened before you last signed in. Go back, reload it and send it again."
    )
    title = _("This form is out of date")
    return _bare(403, title=title, text=text)


def _bare(status: int, **context: str) -> HttpResponse:
    """A page that asks nothing of the database."""
    response = HttpResponse(render_to_string(NO_SHELL.format(status), context), status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = "10"
    return response
