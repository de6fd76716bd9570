"""Parameters as lines of the law files, and back."""

import pytest
from django import forms

from inventory.web.parameters import ParametersField, write_parameters

GIVEN = {
    "age": {"value": "child_consent_age"}, "kinds": ["consent", "contract"], "months": 24,
    "by_origin": True, "rule": 'say "so" — à propos',
}  # fmt: skip
FIELD = ParametersField(label="Parameters", help_text="")


def test_what_is_written_is_read_again():
    assert FIELD.clean(write_parameters(GIVEN)) == GIVEN
    assert write_parameters({"months": 24, "age": {"value": "a"}}) == (
        'months = 24\nage = { value = "a" }'
    )
    assert FIELD.clean("") == {}


@pytest.mark.parametrize("wrong", ["months", "months = ", "months == 1", "a = [", "[" * 3000])
def test_what_is_no_line_of_a_law_file_is_refused(wrong):
    with pytest.raises(forms.ValidationError, match="law files"):
        FIELD.clean(wrong)
