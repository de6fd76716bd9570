"""Fields of register forms. Nobody having said something is a choice of its own, never a "no"."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from inventory.web.answers import UNKNOWN, KnownField
from inventory.web.words import choices

NOT_KNOWN = ("", UNKNOWN)
NOTHING = ("", _("None"))
LONGEST = 20_000

type Offers = Mapping[str, Sequence[Any]]  # the choices of a form's fields, by field


class SheetForm(forms.Form):
    """A form whose choices come with the request: what the register and the law offer."""

    def __init__(self, *args: Any, offers: Offers | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (offers or {}).items():
            if name in self.fields:
                held = self.initial.get(name)
                self.fields[name].choices = _with_held(offered, held)  # type: ignore[attr-defined]

    def is_blank(self) -> bool:
        """Whether nothing was entered: an empty row of a list is no row."""
        return not self.has_changed() and not any(self.initial.values())


def _with_held(offered: Sequence[Any], held: Any) -> list[Any]:
    """What is offered, and what a row holds though it is offered no more: nothing goes unasked."""
    known = {value for value, _label in flat(offered)}
    values = held if isinstance(held, list | tuple) else [held] if held else []
    return [*offered, *((value, value) for value in values if value not in known)]


def flat(choices: Any) -> list[tuple[Any, Any]]:
    """Choices without their groups."""
    found: list[tuple[Any, Any]] = []
    for value, label in choices:
        found += label if isinstance(label, list | tuple) else [(value, label)]
    return found


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent to a form, be it nothing at all; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def fact(label: Any, hint: Any = "") -> KnownField:
    return KnownField(label=label, help_text=hint)


def line(label: Any, hint: Any = "", *, needed: bool = False, most: int = 300) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=needed,
        max_length=most,
        error_messages={"required": _("This is needed.")},
    )


def key() -> forms.CharField:
    """The name by which doors and manifests refer to a new row."""
    hint = _("Lower-case letters, digits, dots and hyphens. It never changes.")
    return line(_("Key"), hint, needed=True, most=200)


def prose(label: Any, hint: Any = "", *, needed: bool = False, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=needed,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": rows, "dir": "auto"}),
        error_messages={"required": _("This is needed.")},
    )


def day(label: Any, hint: Any = "", *, needed: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=hint,
        required=needed,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": _("This is needed."),
            "invalid": _("This is not a date. Write it as 2026-11-24."),
        },
    )


def number(label: Any, hint: Any = "", *, most: int = 2_000_000_000) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=hint,
        required=False,
        min_value=0,
        max_value=most,
        error_messages={"invalid": _("Write a whole number.")},
    )


def pick(
    label: Any, hint: Any = "", *, needed: bool = False, wide: bool = False
) -> forms.TypedChoiceField:
    """One of what the register offers; the choices come with the request."""
    return forms.TypedChoiceField(
        label=label,
        help_text=hint,
        required=needed,
        empty_value=None,
        choices=(),
        widget=forms.Select(attrs={"class": "wide"} if wide else {}),
        error_messages={"required": _("Choose one."), "invalid_choice": _("Choose one of these.")},
    )


def word(
    kind: type[StrEnum], label: Any, hint: Any = "", *, needed: bool = False, empty: Any = NOT_KNOWN
) -> forms.TypedChoiceField:
    """One word of a vocabulary."""
    field = pick(label, hint, needed=needed)
    field.choices = [*([] if needed and not empty else [empty]), *choices(kind)]
    return field


def words(kind: type[StrEnum], label: Any, hint: Any = "") -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        help_text=hint,
        required=False,
        choices=choices(kind),
        widget=forms.CheckboxSelectMultiple,
    )


def several(label: Any, hint: Any = "") -> forms.MultipleChoiceField:
    """Some of what the register offers; the choices come with the request."""
    return forms.MultipleChoiceField(label=label, help_text=hint, required=False)
