"""Findings to work off: the list, worst first, one explained beside it, and waiving one."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inventory.filters import OPEN, FindingFilter, filtered
from inventory.law.bundle import Law
from inventory.law.vocabulary import Severity, Status
from inventory.models import Finding
from inventory.services import compliance, waivers
from inventory.services.access import Action, may
from inventory.services.actors import Actor
from inventory.services.errors import Invalid, NotFound
from inventory.services.law import law_of
from inventory.templatetags.grounds import VERDICTS, age, day, verdict
from inventory.web import forms as fields
from inventory.web.counsel import counsel
from inventory.web.finding_cards import citation_lines, place_name
from inventory.web.mending import Mend, mends_of
from inventory.web.narrowing import Offer, filter_bar
from inventory.web.native_words import native_words
from inventory.web.page import attach, clock, go, page, screen
from inventory.web.registers import paged
from inventory.web.words import country_name, fact_value, regime_name, said

PAGE = 50
USUAL_WAIVER = timedelta(days=90)


class WaiveForm(forms.Form):
    """Why a finding is accepted, and until when."""

    reason = fields.prose(
        __("Why is this accepted?"),
        __("A colleague reads it, and so does an auditor."),
        needed=True,
    )
    until = fields.day(
        __("Until"), __("Within a year. It counts again the day after."), needed=True
    )


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The work list; nothing is open beside it yet."""
    return _list(request, actor)


@screen("GET")
def show(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """The work list with one finding explained."""
    return _list(request, actor, _fetch(actor, number))


@screen("GET", "POST", needs=Action.DECIDE)
def waive(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Accept a finding for a while: a page of its own, since it outlives the list."""
    finding = _fetch(actor, number)
    today, _now = clock(actor)
    form = WaiveForm(fields.sent(request), initial={"until": today + USUAL_WAIVER})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            waiver = waivers.waive(actor, number, given["reason"], given["until"], today=today)
        except Invalid as invalid:
            attach(form, invalid)
        else:
            until = day(waiver.until)
            messages.success(
                request, _("Waived until %(day)s. It is counted apart.") % {"day": until}
            )
            return go(request, "finding-show", number)
    context = {
        "form": form,
        "finding": finding,
        "title": compliance.explain(finding, law_of(actor.organisation)).title,
    }
    return page(request, "findings/waive", context, status=422 if form.errors else 200)


@screen("POST", needs=Action.DECIDE)
def unwaive(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Take a waiver back."""
    waivers.end_waiver(actor, number, today=clock(actor)[0])
    messages.success(request, _("The waiver is taken back: the finding counts again."))
    return go(request, "finding-show", number)


def _fetch(actor: Actor, number: int) -> Finding:
    found = compliance.findings(actor).filter(pk=number).first()
    if found is None:
        raise NotFound(_("No such finding that you can see. It may have been mended meanwhile."))
    return found


def _list(request: HttpRequest, actor: Actor, opened: Finding | None = None) -> HttpResponse:
    counts = compliance.counts(actor)
    waived = request.GET.get("view") == "waived"
    rows, errors = _asked(request, compliance.findings(actor, waived=waived))
    shown = paged(request, rows, size=PAGE)
    today, _now = clock(actor)
    chosen = opened is not None
    opened = opened or (shown.object_list[0] if len(shown.object_list) else None)
    context = {
        "headline": _headline(counts),
        "lead": _lead(counts),
        "chips": _chips(counts, waived=waived),
        "filters": filter_bar(
            request, _offers(actor), label=_("Name of a thing, or a dataset’s key")
        ),
        "errors": errors,
        "result": _result(shown.paginator.count),
        "rows": [_row(request, actor, one, today, opened) for one in shown],
        "page": shown,
        "opened": _opened(actor, opened, today) if opened else None,
        "chosen": chosen,
        "empty": _empty(request, counts, waived=waived) if not shown.object_list else None,
    }
    return page(request, "findings/browse", context)


def _asked(request: HttpRequest, rows: QuerySet[Finding]) -> tuple[QuerySet[Finding], list[str]]:
    """The findings asked for, and what of the question was not understood."""
    said_ = {name: value for name, value in request.GET.items() if "\x00" not in value}
    said_["subject"] = said_.pop("q", "") or said_.get("subject", "")
    try:
        return filtered(FindingFilter, said_, rows), []
    except Invalid as invalid:
        return rows.none(), [message for told in invalid.errors.values() for message in told]


def _headline(counts: compliance.Counts) -> str:
    if not counts.open:
        return _("Nothing to work off")
    n = counts.open
    return ngettext("%(n)d finding to work off", "%(n)d findings to work off", n) % {"n": n}


def _lead(counts: compliance.Counts) -> str:
    if not counts.open:
        return ""
    parts = [
        ngettext("%(n)d breach", "%(n)d breaches", counts.breach) % {"n": counts.breach},
        _("%(n)d unknown") % {"n": counts.unknown},
        _("%(n)d for attention") % {"n": counts.attention},
    ]
    stale = ngettext(
        "%(n)d thing is being judged again", "%(n)d things are being judged again", counts.stale
    ) % {"n": counts.stale}
    return ", ".join(parts) + (f". {stale}." if counts.stale else ".")


def _chips(counts: compliance.Counts, *, waived: bool) -> list[dict[str, Any]]:
    url = reverse("finding-browse")
    return [
        {"label": _("Open"), "count": counts.open, "url": url, "current": not waived},
        {
            "label": _("Waived"),
            "count": counts.waived,
            "url": f"{url}?view=waived",
            "current": waived,
        },
    ]


def _offers(actor: Actor) -> list[Offer]:
    law = law_of(actor.organisation)
    places = {column.country: column.name for column in compliance.countries(actor)}
    verdicts = [(status.value, str(VERDICTS[verdict(status)])) for status in OPEN]
    weights = [(weight.value, said(Severity, weight)) for weight in Severity]
    named = [(code, country_name(code)) for code in sorted(places) if code]
    laws = [(code, regime_name(code)) for code in law.regimes]
    return [
        Offer(name="status", label=_("Verdict"), options=verdicts),
        Offer(name="severity", label=_("Weight"), options=weights),
        Offer(name="country", label=_("Country"), options=named),
        Offer(name="regime", label=_("Law"), options=laws),
    ]


def _result(count: int) -> str:
    return ngettext("%(n)s finding, worst first", "%(n)s findings, worst first", count) % {
        "n": f"{count:,}"
    }


def _row(
    request: HttpRequest, actor: Actor, finding: Finding, today: date, opened: Finding | None
) -> dict[str, Any]:
    query = request.GET.urlencode()
    url = reverse("finding-show", args=[finding.pk])
    return {
        "finding": finding,
        "title": compliance.explain(finding, law_of(actor.organisation)).title,
        "place": _where(finding),
        "law": regime_name(finding.regime),
        "age": age(finding.since, today),
        "url": f"{url}?{query}" if query else url,
        "current": opened is not None and opened.pk == finding.pk,
    }


def _opened(actor: Actor, finding: Finding, today: date) -> dict[str, Any]:
    """The reading pane: everything that a person needs to check a verdict and mend it."""
    law = law_of(actor.organisation)
    words = compliance.explain(finding, law)
    mend = mends_of(actor, [finding])[0]
    waived = getattr(finding, "waived_until", None)
    return {
        "id": finding.pk,
        "status": finding.status,
        "title": words.title,
        "subject": finding.subject_name,
        "subject_url": mend.show_url,
        "waived_until": waived,
        "may_unwaive": bool(waived) and may(actor, Action.DECIDE),
        "waiver": _waiver(finding) if waived else None,
        "explanation": {
            "lead": words.question,
            "citations": citation_lines(words.citations, words.mark),
            "guidance": finding.status == Status.ATTENTION and "guidance" in finding.note,
            "facts": _facts(finding, words, mend),
            "why_this_law": _why(finding, law),
            "law_version": f"{law.hash[:12]}. {words.mark_words}",
            "mends": [words.remedy] if words.remedy else [],
            "actions": _actions(actor, finding, mend, waived=bool(waived)),
            "next": _("It closes at once when that is changed."),
            "elsewhere": _elsewhere(actor, finding),
        },
        "native": native_words(finding, law),
        "counsel": counsel(actor, finding, words),
        "since": age(finding.since, today),
        "place": _where(finding),
    }


def _where(finding: Finding) -> str:
    """The countries concerned by name, or how many they are."""
    places = finding.countries
    if not places:
        return place_name(finding.place)
    if len(places) > 2:
        return ngettext("%(n)d country", "%(n)d countries", len(places)) % {"n": len(places)}
    return ", ".join(country_name(code) for code in places)


def _facts(finding: Finding, words: compliance.Words, mend: Mend) -> list[dict[str, str]]:
    """What was read, each with the way to change it; and the answer that follows."""
    facts = [
        {
            "label": name[:1].upper() + name[1:],
            "value": fact_value(value),
            "change_url": mend.change_url,
        }
        for name, value in words.facts
    ]
    if finding.fields:
        facts.append({"label": _("Fields"), "value": ", ".join(finding.fields), "change_url": ""})
    answer = " ".join(filter(None, (words.answer, words.note[:1].upper() + words.note[1:])))
    return [*facts, {"label": _("Answer"), "value": answer, "change_url": ""}]


def _why(finding: Finding, law: Law) -> str:
    regime = law.regimes.get(finding.regime)
    title = regime.title["en"] if regime else finding.regime
    where = ", ".join(country_name(code) for code in finding.countries)
    return _("%(law)s, in %(where)s") % {"law": title, "where": where} if where else title


def _actions(actor: Actor, finding: Finding, mend: Mend, *, waived: bool) -> list[dict[str, Any]]:
    acts: list[dict[str, Any]] = []
    if mend.change_url:
        acts.append({"label": mend.act, "url": mend.change_url, "main": True})
    if may(actor, Action.DECIDE) and not waived:
        acts.append({"label": _("Waive…"), "url": reverse("finding-waive", args=[finding.pk])})
    return acts


def _elsewhere(actor: Actor, finding: Finding) -> Sequence[Mapping[str, str]]:
    """The same question's standing in other places."""
    subject = (finding.subject_kind, finding.subject_id)
    others = compliance.findings(actor, subject=subject, check=finding.check_id)
    return [
        {"status": other.status, "text": place_name(other.place)}
        for other in others.exclude(pk=finding.pk)[:10]
    ]


def _waiver(finding: Finding) -> Any:
    return finding.waivers.select_related("by__user").first()


def _empty(request: HttpRequest, counts: compliance.Counts, *, waived: bool) -> dict[str, Any]:
    if request.GET.keys() - {"view", "page"}:
        text = _("No finding answers to all of that.")
        return {"title": _("Nothing found"), "text": text, "act_label": _("Clear the filters"),
                "act_url": reverse("finding-browse")}  # fmt: skip
    if waived:
        return {"title": _("Nothing is waived"), "text": _("Every finding counts.")}
    text = ngettext(
        "Every check that applies to your %(n)d dataset is met.",
        "Every check that applies to your %(n)d datasets is met.",
        counts.datasets,
    ) % {"n": counts.datasets}
    return {
        "title": _("Nothing to work off"),
        "text": text,
        "joy": True,
        "act_label": _("Print the record while it is clean"),
        "act_url": reverse("record-browse"),
    }
