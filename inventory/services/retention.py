"""How long a purpose needs its records: one period for each record class and country."""

from typing import Any

from inventory.law.vocabulary import Disposal, RetentionAuthority, Rounding
from inventory.models import Purpose, RetentionPeriod
from inventory.services import attributes
from inventory.services.attributes import Rules, each, numbered
from inventory.services.inputs import KEEP
from inventory.services.law import current_law
from inventory.services.register_inputs import PurposeInput
from inventory.services.rows import Draft, refuse_twice
from inventory.services.validation import Problems

PERIOD: Rules = {
    "record_class": attributes.code(lambda: current_law().record_classes, "record class"),
    "country": attributes.country,
    "period": attributes.duration,
    "criteria": attributes.text,
    "start_event": attributes.text,
    "rounding": attributes.word(Rounding, "way of rounding", needed=True),
    "authority": attributes.word(RetentionAuthority, "authority of a period", needed=True),
    "law_reference": attributes.text,
    "disposal": attributes.word(Disposal, "way of disposal"),
}
IDENTITY = ("record_class", "country")


def read_periods(problems: Problems, data: PurposeInput) -> Any:
    """The periods of a purpose's document; each says how long, or by which criteria."""
    periods = each(problems, data.retention, PERIOD, "retention")
    for n, one in numbered(periods):
        path = f"retention.{n}.period"
        if path not in problems.found and not (one["period"] or one["criteria"]):
            problems.add(path, "Write how long, or the criteria that decide it.")
        if one["authority"] == RetentionAuthority.STATUTE and not one["law_reference"]:
            problems.add(f"retention.{n}.law_reference", "Cite the statute that asks for it.")
    return periods


def put_periods(draft: Draft[Purpose], periods: Any) -> None:
    if periods is not KEEP:
        refuse_twice(periods, "retention", IDENTITY)
        draft.replace(RetentionPeriod, "purpose", periods, identity=IDENTITY)
