"""A check's parameters in a form, written line by line as in the law files."""

import json
import tomllib
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _


class ParametersField(forms.CharField):
    """Lines such as `months = 12`; its value is a dictionary."""

    def __init__(self, *, label: Any, help_text: Any) -> None:
        area = forms.Textarea(attrs={"rows": 4, "class": "key", "spellcheck": "false"})
        super().__init__(
            label=label, help_text=help_text, required=False, max_length=4000, widget=area
        )

    def prepare_value(self, value: Any) -> Any:
        return write_parameters(value) if isinstance(value, Mapping) else value

    def clean(self, value: Any) -> Any:
        written = super().clean(value)
        try:
            return tomllib.loads(written.replace("\r\n", "\n"))
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            told = _("This is not written as in the law files: %(why)s.")
            raise forms.ValidationError(told % {"why": str(error)[:200]}) from error


def write_parameters(parameters: Mapping[str, Any]) -> str:
    """Parameters, as JSON holds them, as lines."""
    return "\n".join(f"{name} = {_write(value)}" for name, value in parameters.items())


def _write(value: Any) -> str:
    if isinstance(value, Mapping):
        return f"{{ {', '.join(f'{name} = {_write(one)}' for name, one in value.items())} }}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_write(one) for one in value)}]"
    return json.dumps(value, ensure_ascii=False)
