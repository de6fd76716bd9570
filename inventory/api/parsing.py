"""JSON as strictly as a register needs it: one document, each name once, no NaN, not too large."""

import json
from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser


class TooLarge(APIException):
    status_code = 413
    default_detail = "The document is too large."


class StrictJSONParser(BaseParser):
    """Raises ParseError for what is no JSON object, TooLarge beyond the upload limit."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        most = int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
        content = stream.read(most + 1)
        if len(content) > most:
            raise TooLarge(f"A document has at most {most // 1024 // 1024} MiB.")
        try:
            document = json.loads(
                content.decode(), object_pairs_hook=_once, parse_constant=_no_constant
            )
        except UnicodeDecodeError as error:
            raise ParseError(f"Byte {error.start} is no UTF-8.") from error
        except json.JSONDecodeError as error:
            raise ParseError(f"Line {error.lineno}: this is no JSON ({error.msg}).") from error
        except ValueError as error:  # not json's own: Python reads no number so long
            raise ParseError("A number in the document has too many digits.") from error
        except RecursionError as error:
            raise ParseError("The document is nested too deeply.") from error
        if not isinstance(document, dict):
            raise ParseError("A document is a JSON object: {…}.")
        return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    document = dict(pairs)
    if len(document) != len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ParseError(f"“{twice[:80]}” is there twice in one object.")
    return document


def _no_constant(name: str) -> Any:
    raise ParseError(f"{name} is no JSON number.")
