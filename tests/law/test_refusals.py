"""How a refusal reads."""

from inventory.law.refusals import LawError


def test_a_refusal_names_file_line_and_reason():
    refusal = LawError("regimes/gdpr.toml", 12, "'mark' is missing")
    assert str(refusal) == "regimes/gdpr.toml:12: 'mark' is missing"
    assert (refusal.file, refusal.line, refusal.why) == (
        "regimes/gdpr.toml", 12, "'mark' is missing"
    )  # fmt: skip
