"""A record from the register to its bytes: read, composed, set; issued with a number if asked.

Raises what services raise: NotFound, Refused, Conflict, and Invalid by field.
"""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from inventory.law.bundle import Law
from inventory.models import LegalEntity, Organisation, Report
from inventory.reports.collect import collect
from inventory.reports.compose import LAYOUTS, compose
from inventory.reports.facts import RecordFacts
from inventory.reports.glyphs import NoFont
from inventory.reports.html import Unprintable, record_html
from inventory.reports.pdf import record_pdf
from inventory.reports.record import Record
from inventory.reports.rows import Live, Past, Rows
from inventory.reports.texts import Wording, known_language, languages, wording
from inventory.services.access import Action, fetch
from inventory.services.actors import Actor
from inventory.services.errors import Conflict, Invalid, NotFound
from inventory.services.evaluation import program_version
from inventory.services.history import end_of
from inventory.services.law import law_of
from inventory.services.reports import Paper, keep_report, new_number


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """A mandatory item, or a part of one, that the register does not say."""

    activity: str | None  # its key; None: of the entity
    code: str
    title: str
    citation: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    entity: LegalEntity
    facts: RecordFacts
    law: Law
    wording: Wording

    def compose(self, number: str | None = None) -> Record:
        return compose(self.facts, law=self.law, wording=self.wording, number=number)


def write_record(
    actor: Actor, entity_key: str, *, regime: str, language: str, as_of: date | None, now: datetime
) -> bytes:
    """A copy without a number; nothing is stored. `as_of` of None is the day of `now`."""
    draft = _draft(actor, entity_key, regime, language, as_of, now)
    return _set(draft.compose())


def issue_record(
    actor: Actor, entity_key: str, *, regime: str, language: str, as_of: date | None, now: datetime
) -> Report:
    """The record under a number of its own, its bytes and facts kept for good."""
    draft = _draft(actor, entity_key, regime, language, as_of, now)
    number = new_number()
    record = draft.compose(number)
    paper = Paper(
        entity_key=draft.entity.key,
        regime=draft.facts.regime,
        layout=record.layout,
        language=record.language,
        as_of=record.as_of,
        number=number,
        content=_set(record),
        facts=draft.facts.document(),
        facts_hash=draft.facts.hash,
        law=draft.law,
    )
    return keep_report(actor, paper)


def missing_items(
    actor: Actor, entity_key: str, *, regime: str, language: str, as_of: date | None, now: datetime
) -> tuple[Missing, ...]:
    """What the record would print as missing: to be confirmed before it is issued."""
    record = _draft(actor, entity_key, regime, language, as_of, now).compose()
    return tuple(
        Missing(
            activity=activity,
            code=item.code,
            title="".join(span.text for span in item.heading),
            citation="".join(span.text for span in item.citation),
            text="".join(span.text for span in gap.line),
        )
        for activity, item, gap in record.gaps
    )


def _draft(
    actor: Actor, entity_key: str, regime: str, language: str, as_of: date | None, now: datetime
) -> _Draft:
    entity = fetch(actor, LegalEntity, Action.ISSUE, key=entity_key.replace("\x00", ""))
    law = law_of(entity.organisation)
    spoken = _language(language)
    code = _regime(regime, law)
    day, rows = _rows(entity.organisation, as_of, now)
    try:
        facts = collect(entity, code, as_of=day, law=law, rows=rows)
    except KeyError as error:
        raise NotFound(f"“{entity.key}” was not in the register on {day}.") from error
    return _Draft(entity=entity, facts=facts, law=law, wording=spoken)


def _language(asked: str) -> Wording:
    known = known_language(asked)
    if known is None:
        said = f"No record can be written in “{asked[:40]}”. Known: {', '.join(languages())}."
        raise Invalid({"language": said})
    return wording(known)


def _regime(asked: str, law: Law) -> str:
    code = asked.strip().lower()
    if code in LAYOUTS:
        return code
    known = ", ".join(sorted(LAYOUTS))
    if code in law.statutes:
        layouts = ", ".join(law.regimes[code].layouts())
        raise Invalid(
            {"regime": f"The record of {code} ({layouts}) is not made yet. Made: {known}."}
        )
    raise Invalid({"regime": f"No regime is called “{asked[:40]}”. Records are made for: {known}."})


def _rows(organisation: Organisation, as_of: date | None, now: datetime) -> tuple[date, Rows]:
    """Today's rows, or those of the end of an earlier day in the organisation's time zone."""
    today = now.astimezone(ZoneInfo(organisation.timezone)).date()
    if as_of is None or as_of == today:
        return today, Live(organisation)
    if as_of > today:
        raise Invalid({"as_of": f"{as_of} is yet to come; today is {today}."})
    return as_of, Past(organisation, end_of(as_of, organisation))


def _set(record: Record) -> bytes:
    try:
        return record_pdf(record, record_html(record, program=f"Grounds {program_version()}"))
    except Unprintable as error:
        raise Invalid({error.path: error.reason}) from error
    except NoFont as error:
        raise Conflict(str(error)) from error
