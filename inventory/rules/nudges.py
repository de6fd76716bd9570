"""A parameter of law made a little wrong: a day more, a month less, a word left out or changed."""

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from inventory.law.shapes import Parameter
from inventory.rules.asking import Choice, Items, Reader, whole_months
from inventory.rules.periods import Period, parse_period

ONE_DAY = timedelta(days=1)
ANOTHER = "another word"


def nudge(value: Parameter, reader: Reader | None = None) -> Iterator[Parameter]:
    """The value with one small fault in it, in every way there is; its reader knows the words."""
    match value:
        case bool():
            yield not value
        case int() | float():
            yield from (value + 1, value - 1)
        case date():
            yield from (value + ONE_DAY, value - ONE_DAY)
        case tuple():
            yield from _change_list(value, reader)
        case _:
            yield from _nudge_period(value, reader) or _change_word(value, reader)


def extend(words: Parameter, reader: Reader, held: Collection[str] | None) -> Iterator[Parameter]:
    """A list with one more word of its closed list, of those that the law holds at all."""
    if isinstance(words, tuple) and isinstance(reader, Items):
        for word in _choices(reader.reader):
            if word not in words and (held is None or word in held):
                yield (*words, word)


def _nudge_period(text: str, reader: Reader | None) -> list[Parameter]:
    """A month and, where days tell, a day more and less; nothing where the text is no period."""
    try:
        period = parse_period(text)
    except ValueError:
        return []
    months, days = period.months, period.days
    nudged = [Period(months + 1, days)]
    if months:
        nudged.append(Period(months - 1, days))
    if reader is not whole_months:
        day_less = Period(months, days - 1) if days else Period(months - 1, 29)
        nudged += [Period(months, days + 1), day_less]
    return [f"P{one.months}M{one.days}D" for one in nudged]


def _change_list(words: tuple[Any, ...], reader: Reader | None) -> Iterator[Parameter]:
    """Each word left out in turn; the only one of a list made another."""
    if len(words) > 1:
        yield from (tuple(w for w in words if w != word) for word in words)
        return
    inner = reader.reader if isinstance(reader, Items) else None
    yield from ((other,) for other in nudge(words[0], inner) if not isinstance(other, tuple))


def _change_word(word: str, reader: Reader | None) -> list[Parameter]:
    """Every other word of a closed list, or one that nobody knows."""
    return [other for other in _choices(reader) or (ANOTHER,) if other != word]


def _choices(reader: Reader | None) -> tuple[str, ...]:
    if isinstance(reader, Choice):
        return reader.words
    if isinstance(reader, type) and issubclass(reader, StrEnum):
        return tuple(word.value for word in reader)
    return ()
