"""Form fields for facts that may be unknown: "I don't know yet" is an answer, and is not "no"."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inventory.services.law import current_law
from inventory.web import words

UNKNOWN = gettext_lazy("I don’t know yet")
NONE = "none"


class KnownField(forms.TypedChoiceField):
    """Yes, no, or nobody has said."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        super().__init__(
            choices=[("", UNKNOWN), ("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            **options,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no", None: ""}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or ""))


class SomeOf(forms.MultipleChoiceField):
    """Several words of a list; none of them; or (nothing ticked) nobody has said."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices: Sequence[tuple[str, str]], *, none: Any, **options: Any) -> None:
        super().__init__(choices=[*choices, (NONE, none)], required=False, **options)

    def clean(self, value: Any) -> tuple[str, ...] | None:
        chosen = super().clean(value)
        if not chosen:
            return None
        if NONE in chosen and len(chosen) > 1:
            raise ValidationError(_("Either none of them, or those ticked."))
        return () if NONE in chosen else tuple(chosen)

    def prepare_value(self, value: Any) -> Any:
        return [NONE] if value == () else list(value or ())


class Names(forms.CharField):
    """Names that nobody has a list of, one a line; "none"; empty where nobody has said."""

    def __init__(self, *, hint: str, **options: Any) -> None:
        more = _("One a line, or “none”. Empty: I don’t know yet.")
        super().__init__(
            max_length=50_000,
            required=False,
            help_text=f"{hint} {more}",
            widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
            **options,
        )

    def clean(self, value: Any) -> tuple[str, ...] | None:
        text = super().clean(value)
        if text.strip().casefold() in (NONE, _("none")):
            return ()
        names = [line.strip() for line in text.splitlines() if line.strip()]
        return tuple(dict.fromkeys(names)) or None

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value or ""
        return "\n".join(value) or NONE


class Countries(forms.CharField):
    """Countries by name or code, with commas between; "none"; empty where nobody has said."""

    def __init__(self, **options: Any) -> None:
        hint = _("Names or codes with commas between, or “none”. Empty: I don’t know yet.")
        super().__init__(max_length=4000, required=False, help_text=hint, **options)

    def clean(self, value: Any) -> tuple[str, ...] | None:
        text = super().clean(value)
        if not text.strip():
            return None
        if text.strip().casefold() in (NONE, _("none")):
            return ()
        wanted = [part.strip() for part in text.replace(";", ",").split(",") if part.strip()]
        return tuple(dict.fromkeys(_find_country(name) for name in wanted))

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, str) or value is None:
            return value or ""
        return ", ".join(words.country_name(code) for code in value) or NONE


def _find_country(asked: str) -> str:
    """The code that a person means. Raises ValidationError with what they may have meant."""
    known = {words.country_name(code).casefold(): code for code in current_law().countries}
    known |= {
        country.name["en"].casefold(): code for code, country in current_law().countries.items()
    }
    if asked.upper() in current_law().countries:
        return asked.upper()
    if asked.casefold() in known:
        return known[asked.casefold()]
    near = get_close_matches(asked.casefold()[:80], list(known), n=1, cutoff=0.6)
    message = _("No country is called “%(asked)s”.") % {"asked": asked[:80]}
    if near:
        message += " " + _("Did you mean %(name)s?") % {"name": words.country_name(known[near[0]])}
    raise ValidationError(message)
