"""The sheets of a purpose: why, on which grounds, for how long, who gets it, what was assessed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from inventory.law.vocabulary import (
    AssessmentKind,
    DataClass,
    Disposal,
    PartyRole,
    RetentionAuthority,
    Rounding,
)
from inventory.models import Activity, Party, Purpose, Standing
from inventory.services.access import visible
from inventory.services.actors import Actor
from inventory.services.law import current_law
from inventory.services.purposes import FLAGS, put_purpose, retire_purpose
from inventory.services.register_inputs import (
    AssessmentInput,
    BasisInput,
    DisclosureInput,
    PurposeInput,
    RetentionInput,
)
from inventory.web import forms
from inventory.web.forms import NOT_KNOWN, Offers, SheetForm
from inventory.web.sheets import Room, Sheet
from inventory.web.words import country_name, record_class_name, regime_name, text_in

MOST_OFFERED = 2_000


class TextForm(SheetForm):
    """The purpose itself."""

    name = forms.line(__("Name"), needed=True)
    text = forms.prose(__("Why, and what is done"), __("As you would tell the person concerned."))
    activity = forms.pick(__("Activity of the record"))
    automated_decision = forms.fact(__("Decides about people without a person"))
    human_review = forms.fact(__("A person reviews such decisions"))
    profiling = forms.fact(__("Builds profiles"))
    direct_marketing = forms.fact(__("Direct marketing"))
    opt_out = forms.fact(__("People can opt out"))
    child_service = forms.fact(__("An online service offered to children"))
    youngest_age = forms.number(__("Youngest age of its users"), most=130)
    consent_age = forms.number(__("Age from which a child’s own consent is taken"), most=130)
    ages_by_country = forms.fact(__("That age follows the child’s country"))
    public_task = forms.fact(__("Part of a public body’s task"))
    further_use = forms.fact(__("Uses data collected for another purpose"))
    compatible = forms.fact(__("Tested, and compatible with the purpose of collection"))
    infers_special = forms.fact(__("Infers sensitive data about people"))
    legal_effect = forms.fact(__("Has legal or similarly grave effects on people"))
    phone_marketing = forms.fact(__("Marketing by telephone"))
    do_not_call_checked = forms.fact(__("The do-not-call register is checked"))


class BasisForm(SheetForm):
    """One legal basis, in the law's own words, with what it needs on record."""

    code = forms.pick(__("Legal basis"), needed=True, wide=True)
    data_class = forms.word(DataClass, __("For which data"), needed=True, empty=None)
    country = forms.pick(__("Where"))
    law_reference = forms.line(__("Law or contract it rests on"))
    consent_record = forms.fact(__("Consents are on record"))
    consent_explicit = forms.fact(__("Consent is explicit"))
    withdrawal_as_easy = forms.fact(__("Withdrawing is as easy as giving"))
    parental_consent = forms.fact(__("Parents consent for children"))
    balancing_test_on = forms.day(__("Balancing test, last done"))
    best_interest = forms.fact(__("Best interest of children assessed"))
    freely_given = forms.fact(__("Shown to be free, where one side is weaker"))
    listed_purpose = forms.fact(__("Its purpose is one that the law lists"))
    policy_document = forms.fact(__("A policy document is kept (UK)"))


class PeriodForm(SheetForm):
    """How long one class of record is kept for this purpose."""

    record_class = forms.pick(__("Class of record"))
    country = forms.pick(__("Where"))
    period = forms.line(__("Kept for"), __("6 months, 2 years or 90 days."), most=60)
    criteria = forms.line(__("Or the criteria that decide"))
    start_event = forms.line(__("Counted from"), __("Such as the end of the contract."))
    rounding = forms.word(Rounding, __("Rounded up to"), needed=True, empty=None)
    authority = forms.word(RetentionAuthority, __("Who asks for it"), needed=True, empty=None)
    law_reference = forms.line(__("Provision"), __("Needed where a statute asks for it."))
    disposal = forms.word(Disposal, __("Afterwards"))


class DisclosureForm(SheetForm):
    """A recipient of the purpose's data."""

    party = forms.pick(__("Recipient"), needed=True)
    role = forms.word(PartyRole, __("Acts as"), needed=True, empty=None)
    what_for = forms.line(__("What for"))
    consent = forms.fact(__("With consent"))
    for_gain = forms.fact(__("For gain"))
    excepted = forms.fact(__("An exception of the law covers it"))


class AssessmentForm(SheetForm):
    """An assessment that was done, or is known to be due."""

    kind = forms.word(AssessmentKind, __("Assessment"), needed=True, empty=None)
    done_on = forms.day(__("Done on"))
    residual_high = forms.fact(__("The risk stays high"))
    authority_consulted = forms.fact(__("The authority was consulted before starting"))
    summary = forms.prose(__("Summary"))


def bases_missing(actor: Actor, purpose: Purpose) -> str:
    """The regimes that apply to the purpose and have no basis yet, by name; else nothing."""
    given = {basis.regime for basis in purpose.bases.all()}
    lacking = [code for code in _applying(actor, purpose) if code not in given]
    if not lacking:
        return ""
    names = ", ".join(regime_name(code) for code in lacking)
    return _("No legal basis yet under: %(names)s") % {"names": names}


def _applying(actor: Actor, purpose: Purpose) -> list[str]:
    rows = Standing.objects.filter(
        organisation=actor.organisation, subject_kind="purpose", subject_id=str(purpose.pk)
    )
    return sorted(set(rows.values_list("regime", flat=True)))


def countries_offered() -> list[tuple[str, str]]:
    """Every country, by name."""
    codes = current_law().countries
    return sorted(((code, country_name(code)) for code in codes), key=lambda one: one[1])


def rows_offered(actor: Actor, model: Any) -> list[tuple[str, str]]:
    """The live rows of a kind that the actor can see, by name."""
    rows = visible(actor, model).filter(retired_at=None).order_by("name")
    return list(rows.values_list("key", "name")[:MOST_OFFERED])


def values(row: Any, names: Iterable[str]) -> dict[str, Any]:
    """A row's columns as a form takes them."""
    return {name: getattr(row, name) for name in names}


def _read_text(purpose: Purpose) -> dict[str, Any]:
    activity = purpose.activity.key if purpose.activity else None
    return {**values(purpose, ("name", "text", "youngest_age", *FLAGS)), "activity": activity}


def _read_bases(purpose: Purpose) -> list[dict[str, Any]]:
    rows = purpose.bases.order_by("regime", "data_class", "pk")
    return [values(row, BasisForm.base_fields) for row in rows]


def _read_periods(purpose: Purpose) -> list[dict[str, Any]]:
    rows = purpose.retention.order_by("record_class", "country", "pk")
    return [values(row, PeriodForm.base_fields) for row in rows]


def _read_disclosures(purpose: Purpose) -> list[dict[str, Any]]:
    rows = purpose.disclosures.select_related("party").order_by("party__name", "pk")
    return [{**values(row, DisclosureForm.base_fields), "party": row.party.key} for row in rows]


def _read_assessments(purpose: Purpose) -> list[dict[str, Any]]:
    return [values(row, AssessmentForm.base_fields) for row in purpose.assessments.order_by("pk")]


def _write_bases(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    law = current_law()
    return {
        "bases": tuple(
            BasisInput(regime=law.bases[one["code"]].regime, **_of(one)) for one in entries
        )
    }


def _write_periods(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"retention": tuple(RetentionInput(**_of(one)) for one in entries)}


def _write_disclosures(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"disclosures": tuple(DisclosureInput(**_of(one)) for one in entries)}


def _write_assessments(entries: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return {"assessments": tuple(AssessmentInput(**_of(one)) for one in entries)}


def _of(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name != "DELETE"}


def _offer_text(actor: Actor, row: Any) -> Offers:
    return {"activity": [NOT_KNOWN, *rows_offered(actor, Activity)]}


def offer_bases(actor: Actor, row: Any) -> Offers:
    """The grounds that each law knows, in its own words, those that apply here first."""
    law = current_law()
    first = _applying(actor, row)
    order = sorted(law.statutes, key=lambda code: (code not in first, code))
    groups = [(regime_name(code), _bases_of(code)) for code in order]
    wherever = ("", _("Wherever the law applies"))
    return {"code": [("", _("Choose…")), *groups], "country": [wherever, *countries_offered()]}


def _bases_of(regime: str) -> list[tuple[str, str]]:
    bases = current_law().regimes[regime].bases.values()
    return [(basis.code, f"{basis.citation.article}: {text_in(basis.title)}") for basis in bases]


def _offer_periods(actor: Actor, row: Any) -> Offers:
    classes = [(code, record_class_name(code)) for code in current_law().record_classes]
    return {
        "record_class": [("", _("All records of the purpose")), *classes],
        "country": [("", _("Everywhere")), *countries_offered()],
    }


def _offer_parties(actor: Actor, row: Any) -> Offers:
    return {"party": [("", _("Choose…")), *rows_offered(actor, Party)]}


PURPOSES = Room(
    noun="purpose",
    model=Purpose,
    one=__("Purpose"),
    several=__("Purposes"),
    adding=__("Add a purpose"),
    document=PurposeInput,
    put=put_purpose,
    retire=retire_purpose,
    sheets={
        "text": Sheet(
            title=__("Purpose"),
            lead=__("When its text changes, approved justifications must be looked at again."),
            form=TextForm,
            read=_read_text,
            write=dict,
            offers=_offer_text,
        ),
        "bases": Sheet(
            title=__("Legal bases"),
            one=__("Legal basis"),
            lead=__("One for each law that applies, and for each class of data it sees apart."),
            part="bases",
            form=BasisForm,
            read=_read_bases,
            write=_write_bases,
            offers=offer_bases,
            hint=bases_missing,
        ),
        "retention": Sheet(
            title=__("How long it is kept"),
            one=__("Period"),
            part="retention",
            form=PeriodForm,
            read=_read_periods,
            write=_write_periods,
            offers=_offer_periods,
        ),
        "disclosures": Sheet(
            title=__("Recipients"),
            one=__("Recipient"),
            part="disclosures",
            form=DisclosureForm,
            read=_read_disclosures,
            write=_write_disclosures,
            offers=_offer_parties,
        ),
        "assessments": Sheet(
            title=__("Assessments"),
            one=__("Assessment"),
            part="assessments",
            form=AssessmentForm,
            read=_read_assessments,
            write=_write_assessments,
        ),
    },
)
