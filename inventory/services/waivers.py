"""Findings accepted for a while. A waiver keeps the status, and ends with the facts it saw or
on its day; it is counted apart."""

from datetime import date

from inventory.law.vocabulary import SubjectKind
from inventory.models import Finding, Waiver
from inventory.services import compliance, evaluation, judgements, standing
from inventory.services.access import Action, require
from inventory.services.actors import Actor
from inventory.services.errors import NotFound
from inventory.services.neighbourhood import Rows
from inventory.services.recording import change
from inventory.services.validation import Problems

LONGEST = 366  # days: whoever accepts a fault looks at it again within a year


def waive(actor: Actor, finding_id: int, reason: str, until: date, *, today: date) -> Waiver:
    """Accept a finding until a day. Raises Invalid, Refused, NotFound."""
    finding = _fetch(actor, finding_id)
    problems = Problems()
    reason = problems.text(reason, "reason", required="Say why this is accepted.")
    if until <= today:
        problems.add("until", "Choose a day after today.")
    elif (until - today).days > LONGEST:
        problems.add("until", "Choose a day within a year: it is looked at again then.")
    problems.refuse()
    with change(actor, reason="waive"):
        finding = _hold(actor, finding)
        waiver, _ = Waiver.objects.update_or_create(
            organisation=actor.organisation,
            finding=finding,
            defaults={
                "reason": reason,
                "until": until,
                "facts_hash": finding.facts_hash,
                "by": actor.membership,
            },
        )
        _count_again(finding, today, good_until=until)
    return waiver


def end_waiver(actor: Actor, finding_id: int, *, today: date) -> Finding:
    """Take a waiver back: the finding counts again."""
    finding = _fetch(actor, finding_id)
    with change(actor, reason="end waiver"):
        finding = _hold(actor, finding)
        Waiver.objects.filter(organisation=actor.organisation, finding=finding).delete()
        _count_again(finding, today)
    return finding


def _fetch(actor: Actor, finding_id: int) -> Finding:
    found = compliance.findings(actor).filter(pk=finding_id).first()
    if found is None:
        raise NotFound("No such finding that you can see. It may have been mended.")
    require(actor, Action.DECIDE)
    return found


def _hold(actor: Actor, finding: Finding) -> Finding:
    """Lock what the finding is about; it may have gone while somebody else held the lock."""
    subject = (SubjectKind(finding.subject_kind), finding.subject_id)
    evaluation.lock(actor.organisation, [subject])
    held = Finding.objects.filter(organisation=actor.organisation, pk=finding.pk).first()
    if held is None:
        raise NotFound("This finding was mended meanwhile.")
    return held


def _count_again(finding: Finding, today: date, *, good_until: date | None = None) -> None:
    organisation = finding.organisation
    rows = Rows.of([(SubjectKind(finding.subject_kind), finding.subject_id)])
    standing.recount(organisation, rows, today)
    standing.roll_up(organisation, standing.datasets_made_of(organisation, rows))
    if good_until is not None:
        judgements.end_by(organisation, rows, good_until)
