"""What a source hands over."""

import pytest

from inventory.sources.drafts import (
    DatasetDraft,
    FieldDraft,
    Reading,
    Refusal,
    SourceError,
    shorten,
)


def test_a_reading_as_json_has_exactly_the_agreed_keys():
    draft = DatasetDraft("crm.contacts", "Contacts", "All we know", (FieldDraft("id", "int", ""),))
    reading = Reading((draft,), 3, (Refusal(7, "what?", "We do not know.", "crm.contacts"),))
    assert reading.to_json() == {
        "datasets": [
            {
                "key": "crm.contacts",
                "name": "Contacts",
                "comment": "All we know",
                "fields": [{"name": "id", "type": "int", "comment": ""}],
            }
        ],
        "skipped": 3,
        "refused": [{"line": 7, "text": "what?", "reason": "We do not know."}],
    }


def test_an_empty_reading_still_says_everything():
    assert Reading().to_json() == {"datasets": [], "skipped": 0, "refused": []}


def test_two_drafts_cannot_share_a_key():
    with pytest.raises(SourceError, match="dataset key users comes up twice"):
        Reading((DatasetDraft("users", "Users"), DatasetDraft("users", "Users")))


def test_two_fields_of_a_draft_cannot_share_a_name():
    twice = (FieldDraft("id", "int"), FieldDraft("id", "text"))
    with pytest.raises(SourceError, match="In users the field id comes up twice"):
        Reading((DatasetDraft("users", "Users", "", twice),))


def test_a_quoted_line_is_short_and_one_line():
    assert shorten("a\n  b") == "a b"
    assert shorten("x" * 1_000_000, 10) == "xxxxxxxxx…"
