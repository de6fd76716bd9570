"""How each table of a law file becomes the shape it describes, one reader for one shape."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from inventory.law.reading import Table
from inventory.law.shapes import (
    Authority,
    Check,
    Citation,
    Definition,
    Entry,
    LegalBasis,
    Mechanism,
    Parameter,
    RecordItem,
    Scope,
    Texts,
    ValueOf,
)
from inventory.law.vocabulary import (
    BasisKind,
    BasisNeed,
    DataClass,
    Level,
    Mark,
    MechanismKind,
    MechanismNeed,
    RecordItemSource,
    Severity,
    SubjectKind,
    Trigger,
    Unit,
)

type Translate = Callable[[str, str, Texts, Table], Texts]  # section, id, texts, where → more texts

_DURATION = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(\d+H)?)?")
_KINDS: Mapping[Unit, type[Any]] = {
    Unit.DURATION: str,
    Unit.TEXT: str,
    Unit.DATE: date,
    Unit.FLAG: bool,
}


def read_citation(table: Table) -> Citation:
    with table.strict():
        quote = table.maybe("quote", Table.text)
        return Citation(
            instrument=table.text("instrument"),
            article=table.text("article"),
            url=table.maybe("url", Table.text),
            read_on=table.maybe("read_on", Table.day),
            quote=quote,
            quote_language=table.text("quote_language") if quote else None,
        )


def read_check(table: Table, *, regime: str, translate: Translate) -> Check:
    with table.strict():
        code = table.code("id")
        citations = tuple(read_citation(cite) for cite in table.tables("cite"))
        if not citations:
            raise table.refuse(f"check {code} cites nothing")
        valid_from, valid_until = _period(table, "valid_from", "valid_until")
        if valid_from is None:
            raise table.refuse("'valid_from' is missing")
        return Check(
            id=code,
            regime=regime,
            condition=table.identifier("condition"),
            parameters=_read_parameters(table),
            subject=table.word("subject", SubjectKind),
            level=table.word("level", Level) if "level" in table else Level.REGIME,
            severity=table.word("severity", Severity),
            title=translate("check_title", code, table.texts("title"), table),
            remedy=translate("check_remedy", code, table.texts("remedy"), table),
            citations=citations,
            mark=table.word("mark", Mark),
            valid_from=valid_from,
            valid_until=valid_until,
            risk=bool(table.maybe("risk", Table.flag)),
        )


def read_definition(table: Table) -> Definition:
    with table.strict():
        return Definition(
            id=table.identifier("id"),
            description=table.text("description"),
            unit=table.word("unit", Unit),
            per_record_class=bool(table.maybe("per_record_class", Table.flag)),
        )


def read_entry(table: Table, *, unit: Unit, begins: date | None) -> Entry:
    """A dated value; where its source names no first day, it counts from the regime's."""
    with table.strict():
        table.get("id")
        since, until = _period(table, "since", "until")
        first = since or begins
        if first is None:
            raise table.refuse("'since' is missing, and no regime gives a first day")
        if until and until <= first:
            raise table.refuse("'until' is not after the first day", "until")
        return Entry(
            since=first,
            until=until,
            value=_read_value(table, unit),
            citation=read_citation(table.table("cite")),
            mark=table.word("mark", Mark),
            guidance=bool(table.maybe("guidance", Table.flag)),
            note=table.maybe("note", Table.text),
            dated=since is not None,
        )


def read_basis(table: Table, *, regime: str, translate: Translate) -> LegalBasis:
    with table.strict():
        code = table.code("code")
        valid_from, valid_until = _period(table, "valid_from", "valid_until")
        return LegalBasis(
            code=code,
            regime=regime,
            data_classes=table.words("data_classes", DataClass),
            title=translate("basis", code, table.texts("title"), table),
            citation=read_citation(table.table("cite")),
            mark=table.word("mark", Mark),
            kind=table.word("kind", BasisKind),
            needs=table.words("needs", BasisNeed) if "needs" in table else (),
            valid_from=valid_from,
            valid_until=valid_until,
        )


def read_mechanism(table: Table, *, regime: str, translate: Translate) -> Mechanism:
    with table.strict():
        code = table.code("code")
        valid_from, valid_until = _period(table, "valid_from", "valid_until")
        return Mechanism(
            code=code,
            regime=regime,
            title=translate("mechanism", code, table.texts("title"), table),
            citation=read_citation(table.table("cite")),
            mark=table.word("mark", Mark),
            kind=table.word("kind", MechanismKind),
            needs=table.words("needs", MechanismNeed) if "needs" in table else (),
            valid_from=valid_from,
            valid_until=valid_until,
        )


def read_scope(table: Table) -> Scope:
    with table.strict():
        trigger = table.word("trigger", Trigger)
        named = "countries" in table
        if named != (trigger is Trigger.ORIGIN_AND_STORAGE):
            raise table.refuse("'countries' says where data came from: origin_and_storage needs it")
        return Scope(
            trigger=trigger,
            citation=read_citation(table.table("cite")),
            mark=table.word("mark", Mark),
            countries=table.countries("countries") if named else (),
        )


def read_record_item(table: Table, *, translate: Translate) -> RecordItem:
    with table.strict():
        code = table.code("code")
        return RecordItem(
            code=code,
            layout=table.code("layout"),
            title=translate("record_item", code, table.texts("title"), table),
            heading_mark=table.word("heading_mark", Mark),
            source=table.word("source", RecordItemSource),
            mandatory=table.flag("mandatory"),
            citation=read_citation(table.table("cite")),
            mark=table.word("mark", Mark),
        )


def read_authority(table: Table) -> Authority:
    with table.strict():
        return Authority(
            name=table.text("name"),
            name_en=table.text("name_en"),
            acronym=table.text("acronym"),
            language=table.text("language"),
            url=table.maybe("url", Table.text),
            region=table.maybe("region", Table.text),
            mark=table.word("mark", Mark),
            note=table.maybe("note", Table.text),
        )


def check_amount(value: Any, unit: Unit) -> Parameter:
    """A value of the type that its unit asks for; ValueError says what is wrong with it."""
    kind: type[Any] = _KINDS.get(unit, int)
    if type(value) is not kind:
        raise ValueError(f"a value in {unit} must be of type {kind.__name__}")
    if unit is Unit.DURATION and not _DURATION.fullmatch(value):
        raise ValueError(f"{value!r} is no ISO 8601 duration such as 'P10Y'")
    amount: Parameter = value
    return amount


def _period(table: Table, first: str, last: str) -> tuple[date | None, date | None]:
    since, until = table.maybe(first, Table.day), table.maybe(last, Table.day)
    if since and until and until <= since:
        raise table.refuse(f"{last!r} is not after {first!r}", last)
    return since, until


def _read_value(table: Table, unit: Unit) -> Parameter:
    try:
        return check_amount(table.get("value"), unit)
    except ValueError as error:
        raise table.refuse(str(error), "value") from error


def _read_parameters(table: Table) -> Mapping[str, Parameter | ValueOf]:
    if "parameters" not in table:
        table.maybe("parameters", Table.text)
        return {}
    parameters = table.table("parameters")
    return {name: _read_parameter(parameters, name) for name in parameters}


def _read_parameter(parameters: Table, name: str) -> Parameter | ValueOf:
    value: Any = parameters.get(name)
    if isinstance(value, dict):
        reference = parameters.table(name)
        with reference.strict():
            return ValueOf(reference.code("value"))
    if isinstance(value, list) and all(_is_scalar(item) for item in value):
        return tuple(value)
    if _is_scalar(value):
        scalar: Parameter = value
        return scalar
    raise parameters.refuse(f"parameter {name!r} is neither a plain value nor a list of them", name)


def _is_scalar(value: object) -> bool:
    return isinstance(value, str | int | float | bool | date)
