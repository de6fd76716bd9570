"""Log lines that stay lines: nobody can write a second one by putting a line break into a name."""

import logging
import re

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class OneLine(logging.Formatter):
    """Formats the message on one line; a traceback, which is ours, keeps its own lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (logging's name)
        return CONTROL.sub(show_control, super().formatMessage(record))


def show_control(found: re.Match[str]) -> str:
    return found.group().encode("unicode_escape").decode("ascii")
