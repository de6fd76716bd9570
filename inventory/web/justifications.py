"""The justification queue: one text open beside the list, compared with what was approved, with
what approving would do; decided with a reason, and the next one opens."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.utils.translation import ngettext

from inventory.law.bundle import Law
from inventory.law.vocabulary import JustificationState, Status
from inventory.models import Justification
from inventory.services import compliance, justifications, queue
from inventory.services.access import Action, may
from inventory.services.actors import Actor
from inventory.services.advice import Advice, advise_on
from inventory.services.errors import Conflict, Invalid, Stale
from inventory.services.justifications import JustificationInput
from inventory.services.law import law_of
from inventory.services.wording import find_check
from inventory.templatetags.grounds import age, day
from inventory.web import advising
from inventory.web import forms as fields
from inventory.web.finding_cards import place_name
from inventory.web.page import attach, clock, go, page, screen
from inventory.web.registers import paged
from inventory.web.telling import tell_change
from inventory.web.wordings import compare_words, plain
from inventory.web.words import basis_cited, category_name

VIEWS = {
    "waiting": (__("Waiting"), (JustificationState.SUBMITTED,)),
    "stale": (__("Stale"), (JustificationState.STALE,)),
    "returned": (__("Returned"), (JustificationState.REJECTED,)),
    "draft": (__("Drafts"), (JustificationState.DRAFT,)),
    "decided": (__("Approved"), (JustificationState.APPROVED,)),
}
PAGE = 30


class DecisionForm(forms.Form):
    """The reason of a decision; an approval needs none."""

    reason = fields.prose(
        __("Reason for your decision"),
        __("For a rejection: the author reads it, and mends the text by it."),
    )


class TextForm(forms.Form):
    """A text for its author, and for whoever mends it."""

    text = fields.prose(
        __("Why can this purpose not do without these fields?"), needed=True, rows=6
    )
    alternatives = fields.prose(__("What else was considered?"))


@screen("GET")
def browse(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The queue with its first text open."""
    return _queue(request, actor, None)


@screen("GET")
def show(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """The queue with one text open."""
    return _queue(request, actor, queue.find(actor, number))


@screen("POST", needs=Action.DECIDE)
def decide(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Approve or reject what was shown, then go on with the next one."""
    opened = queue.find(actor, number)
    form = DecisionForm(request.POST)
    act = request.POST.get("act")
    if act not in ("approve", "reject"):
        form.add_error(None, _("Choose to approve or to reject."))
    if not form.is_valid():
        return _queue(request, actor, opened, form=form, status=422)
    try:
        outcome = _decide(request, actor, opened, act, form.cleaned_data["reason"])
    except Invalid as invalid:
        attach(form, invalid)
        return _queue(request, actor, opened, form=form, status=422)
    except (Stale, Conflict) as error:
        text = _("It was changed or decided after you opened it. Read it again.")
        form.add_error(None, text if isinstance(error, Stale) else str(error))
        status = 412 if isinstance(error, Stale) else 409
        return _queue(request, actor, queue.find(actor, number), form=form, status=status)
    said = _("Approved.") if act == "approve" else _("Returned to its author.")
    tell_change(request, said, outcome)
    return go(request, "justification-browse")


@screen("GET", "POST", needs=Action.EDIT)
def change(request: HttpRequest, actor: Actor, number: int) -> HttpResponse:
    """Mend a text, and submit it (again)."""
    held = queue.find(actor, number)
    initial = {"text": held.text, "alternatives": held.alternatives}
    form = TextForm(fields.sent(request), initial=initial)
    context: dict[str, Any] = {"form": form, "held": held, "version": held.version}
    status, advice = 200, _advice_on_change(request, actor, held, form)
    stops = request.POST.get("act") == "submit" and bool(advice)  # shown before it is submitted
    if request.method == "POST" and form.is_valid() and not stops:
        try:
            _write(request, actor, held, form.cleaned_data)
        except Invalid as invalid:
            attach(form, invalid)
        except Stale as stale:
            held.refresh_from_db()
            context |= {"stale": _overtaken(held), "version": stale.current}
            status = 412
        else:
            return go(request, "justification-show", number)
    shown = str(form["text"].value() or "")
    context |= {
        "covered": _covered(actor, held),
        "advice": advising.told(advice),
        "advised": advising.seal(shown) if advice else "",
    }
    return page(request, "justifications/change", context, status=422 if form.errors else status)


def _advice_on_change(
    request: HttpRequest, actor: Actor, held: Justification, form: TextForm
) -> Advice:
    """On the text as it is kept, or as it was sent unless its author saw the advice."""
    speak = advising.page_language()
    if request.method != "POST":
        return advise_on(actor, held, speak=speak)
    if not form.is_valid():
        return ()
    given = form.cleaned_data
    data = JustificationInput(**given, language=held.language)
    try:
        return advising.unseen(
            request, given["text"], lambda: advise_on(actor, held, data, speak=speak)
        )
    except Invalid:
        return ()  # writing it is refused for the same reason


def _decide(
    request: HttpRequest, actor: Actor, opened: Justification, act: str | None, reason: str
) -> Any:
    today, now = clock(actor)
    version = _version(request.POST)
    if act == "reject":
        return justifications.reject(
            actor, opened.pk, reason, today=today, now=now, if_match=version
        )
    shown = request.POST.get("content", "")
    return justifications.approve(
        actor, opened.pk, today=today, now=now, if_match=version, shown=shown
    )


def _write(
    request: HttpRequest, actor: Actor, held: Justification, given: Mapping[str, str]
) -> None:
    """Keep the text where it differs; then submit it, if that was asked for."""
    today, now = clock(actor)
    version = _version(request.POST)
    said = _("Nothing was different, so nothing was changed.")
    outcome = None
    if (given["text"], given["alternatives"]) != (held.text, held.alternatives):
        data = JustificationInput(**given, language=held.language)
        outcome = justifications.edit(actor, held.pk, data, if_match=version, today=today)
        version, said = outcome.row.version, _("Saved as a draft.")
    if request.POST.get("act") == "submit":
        outcome = justifications.submit(actor, held.pk, today=today, now=now, if_match=version)
        said = _("Submitted. Someone else approves it.")
    if outcome is None:
        messages.info(request, said)
    else:
        tell_change(request, said, outcome)


def _version(sent: QueryDict) -> int:
    """The version that was shown; what is no number matches none."""
    said = sent.get("version", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 19 else -1


def _queue(
    request: HttpRequest,
    actor: Actor,
    opened: Justification | None,
    *,
    form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    counts = queue.count_states(actor)
    view = _view(request, opened)
    rows = queue.justifications(actor).filter(state__in=VIEWS[view][1])
    shown = paged(request, rows.prefetch_related(queue.prefetch_uses(actor)), size=PAGE)
    items = list(shown)
    chosen = opened is not None
    opened = opened or next(iter(items), None)
    today, _now = clock(actor)
    context = {
        "headline": _headline(counts),
        "chips": _chips(counts, view),
        "pick": [_item(one, opened, view, today) for one in items],
        "page": shown,
        "opened": _opened(actor, opened) if opened else None,
        "chosen": chosen,
        "form": form or DecisionForm(),
        "empty": None if items else _empty(view),
    }
    return page(request, "justifications/browse", context, status=status)


def _view(request: HttpRequest, opened: Justification | None) -> str:
    asked = request.GET.get("view", "")
    if asked in VIEWS:
        return asked
    states = ((name, states) for name, (_label, states) in VIEWS.items())
    return next((name for name, s in states if opened and opened.state in s), "waiting")


def _headline(counts: Mapping[str, int]) -> str:
    n = counts.get(JustificationState.SUBMITTED, 0)
    if not n:
        return _("No justification waits")
    return ngettext("%(n)d justification waits", "%(n)d justifications wait", n) % {"n": n}


def _chips(counts: Mapping[str, int], view: str) -> list[dict[str, Any]]:
    url = reverse("justification-browse")
    return [
        {
            "label": label,
            "count": sum(counts.get(state, 0) for state in states),
            "url": f"{url}?view={name}",
            "current": name == view,
        }
        for name, (label, states) in VIEWS.items()
    ]


def _item(
    one: Justification, opened: Justification | None, view: str, today: date
) -> dict[str, Any]:
    names = [use.field.name for use in one.uses.all()]
    datasets = sorted({use.field.dataset.name for use in one.uses.all()})
    first = names[0] if names else _("no field any more")
    more = ngettext("%(n)d field", "%(n)d fields", len(names)) % {"n": len(names)}
    when = age(one.submitted_at, today) if one.submitted_at else ""
    return {
        "title": f"{first} ({more})" if len(names) > 1 else first,
        "key": bool(names),
        "aside": " · ".join(filter(None, (str(one.author.user) if one.author else "", when))),
        "line": " · ".join([*datasets[:2], one.purpose.name]),
        "sub": one.stale_reason if one.state == JustificationState.STALE else "",
        "url": f"{reverse('justification-show', args=[one.pk])}?view={view}",
        "current": opened is not None and opened.pk == one.pk,
    }


def _opened(actor: Actor, one: Justification) -> dict[str, Any]:
    """Everything beside the list: the comparison, what would follow, and what one may do."""
    decidable = queue.may_decide(actor, one)
    return {
        "one": one,
        "covered": _covered(actor, one),
        "compare": _compare(actor, one),
        "version": one.version,
        "content": justifications.content_hash(one),
        "may_decide": decidable,
        "own": queue.is_own(actor, one) and actor.organisation.four_eyes,
        "may_change": may(actor, Action.EDIT),
        "advice": advising.told(advise_on(actor, one, speak=advising.page_language())),
        "effect": _effect(actor, one) if may(actor, Action.DECIDE) else None,
    }


def _covered(actor: Actor, one: Justification) -> list[dict[str, str]]:
    uses = queue.uses(actor).filter(justification=one)
    return [
        {"field": use.field.name, "dataset": use.field.dataset.name,
         "url": reverse("dataset-show", args=[use.field.dataset.key])}
        for use in uses
    ]  # fmt: skip


def _compare(actor: Actor, one: Justification) -> dict[str, Any]:
    before = queue.approved_before(one)
    uses = list(queue.uses(actor).filter(justification=one).order_by("field__name"))
    names = ", ".join(use.field.name for use in uses)
    categories = _categories(use.field.category or "" for use in uses)
    then = (
        (before.text, before.alternatives, ", ".join(before.fields), _categories(before.categories))
        if before
        else ("", "", "", "")
    )
    bases = _bases(one)
    labels = (_("Why these fields"), _("Alternatives"), _("Fields"), _("Data category"))
    now = (one.text, one.alternatives, names, categories)
    rows = [_row(label, a, b) for label, a, b in zip(labels, then, now, strict=True)]
    return {
        **_heads(one, before),
        "rows": [*rows, {"label": _("Legal basis"), "before": plain(bases) if before else [],
                         "after": plain(bases), "same": False}],
    }  # fmt: skip


def _heads(one: Justification, before: queue.Approved | None) -> dict[str, str]:
    by = _("by %(who)s")
    approved = _("Approved %(day)s") % {"day": day(before.at)} if before else _("Never approved")
    sent = _("Submitted %(day)s") % {"day": day(one.submitted_at)}
    return {
        "before": approved,
        "before_by": by % {"who": before.by.user} if before and before.by else "",
        "after": sent if one.submitted_at else _("Draft"),
        "after_by": by % {"who": one.author.user} if one.author else "",
    }


def _row(label: str, before: str, after: str) -> dict[str, Any]:
    if not before:
        return {"label": label, "before": [], "after": plain(after), "same": False}
    left, right = compare_words(before, after)
    return {"label": label, "before": left, "after": right, "same": before == after}


def _categories(codes: Iterable[str]) -> str:
    names = sorted({category_name(code) or _("Not set") for code in codes})
    return ", ".join(names)


def _bases(one: Justification) -> str:
    rows = one.purpose.bases.order_by("regime", "data_class")
    return "; ".join(basis_cited(basis.code) for basis in rows)


def _effect(actor: Actor, one: Justification) -> dict[str, Any] | None:
    """What approving would do, worst news first; computed, then taken back."""
    if one.state != JustificationState.SUBMITTED:
        return None
    today, now = clock(actor)
    outcome = justifications.preview_approval(actor, one.pk, today=today, now=now)
    before = {row.pk: set(row.fields) for row in _standing(actor, outcome.findings)}
    new = [row for row in outcome.findings if row.pk not in before]
    eased = [row for row in outcome.findings if before.get(row.pk, set()) - set(row.fields)]
    n, closed, left = len(new), outcome.closed, len(outcome.findings)
    law = law_of(actor.organisation)
    if new:
        what = ngettext("%(n)d new finding", "%(n)d new findings", n) % {"n": n}
        return _told(_lines(law, new), Status.BREACH, what, left)
    if closed:
        what = ngettext("%(n)d finding closes", "%(n)d findings close", len(closed))
        return _told(_lines(law, closed), Status.MET, what % {"n": len(closed)}, left)
    if eased:
        what = _("these fields no longer stand open; others keep the findings open")
        return _told(_lines(law, eased), Status.MET, what, left)
    return _told([], Status.NOT_APPLICABLE, _("no finding changes"), left)


def _standing(actor: Actor, findings: Iterable[Any]) -> Iterable[Any]:
    return compliance.findings(actor).filter(pk__in=[finding.pk for finding in findings])


def _told(lines: list[str], status: Status, what: str, left: int) -> dict[str, Any]:
    title = _("If approved as it stands: %(what)s") % {"what": what}
    return {"status": status.value, "title": title, "lines": lines, "left": left}


def _lines(law: Law, findings: Iterable[Any]) -> list[str]:
    lines = []
    for finding in list(findings)[:5]:
        check = find_check(law, finding.check_id)
        title = check.title["en"] if check else finding.check_id
        lines.append(f"{place_name(finding.place)}: {title}")
    return lines


def _empty(view: str) -> dict[str, Any]:
    if view == "waiting":
        return {"title": _("Nothing waits"), "joy": True,
                "text": _("Every submitted text was decided.")}  # fmt: skip
    return {"title": _("None here"), "text": _("No justification is in this state.")}


def _overtaken(held: Justification) -> dict[str, Any]:
    rows = [
        {"label": _("Why can this purpose not do without these fields?"), "theirs": held.text},
        {"label": _("What else was considered?"), "theirs": held.alternatives},
    ]
    return {"who": str(held.author.user) if held.author else "", "at": None, "rows": rows}
