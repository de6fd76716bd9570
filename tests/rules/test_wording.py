"""Justifications read in six languages: what is found, in which words, and what passes."""

import tomllib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inventory.law.vocabulary import Identifiability
from inventory.law.wordlists import load_wordlists
from inventory.rules.facts import Elsewhere, FieldFacts, JustificationFacts
from inventory.rules.wording import FaultKind, assess, can_read

SENTENCES = Path(__file__).parents[2] / "fixtures" / "wording"
LANGUAGES = ("de", "en", "es", "fr", "he", "pt")
LEARNT = (
    "seen",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
)  # sets that the lists were written with
BAD = "bad"  # in whatever way
RECALL, PRECISION = 0.90, 0.95
RECALL_LATER = 0.85

BRIEFLY = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
LETTERS = st.text(
    alphabet="abcdefghijklmnopqrstuvwxyzàâäçéèêëíîïñóôöõúùûüßאבגדהוזחטיכלמנסעפצקרשת '’-.,;:§0123\n"
)


def facts(sentence: str | dict[str, Any], **more: Any) -> JustificationFacts:
    """A labelled sentence as facts; its fields are named after their categories."""
    said = {"text": sentence} if isinstance(sentence, str) else sentence
    return JustificationFacts(
        id="j",
        purpose="p",
        text=said["text"],
        purpose_name=said.get("purpose"),
        purpose_text=said.get("purpose_text"),
        fields=tuple(FieldFacts(name=code, category=code) for code in said.get("fields", ())),
        **more,
    )


def sentences(language: str, part: str) -> list[tuple[str, str | dict[str, Any]]]:
    table = tomllib.loads((SENTENCES / f"{language}.toml").read_text(encoding="utf-8"))
    return [(label, sentence) for label, several in table[part].items() for sentence in several]


def kinds(sentence: str | dict[str, Any], **more: Any) -> set[str]:
    return {fault.kind.value for fault in assess(facts(sentence, **more))}


def count(language: str, part: str) -> Counter[str]:
    """How many are bad, found, and found where there is nothing."""
    counted: Counter[str] = Counter()
    for label, sentence in sentences(language, part):
        found = kinds(sentence)
        if label == "good":
            counted["false"] += bool(found)
        else:
            counted["bad"] += 1
            counted["found"] += is_found(label, found)
    return counted


def is_found(label: str, found: set[str]) -> bool:
    return bool(found) if label == BAD else label in found


@pytest.mark.parametrize("part", LEARNT)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_that_the_lists_were_written_with_is_judged_rightly(
    language: str, part: str
) -> None:
    wrong = [
        (label, sentence)
        for label, sentence in sentences(language, part)
        if is_found(BAD if label == "good" else label, kinds(sentence)) is (label == "good")
    ]

    assert not wrong


@pytest.mark.parametrize(
    ("part", "recall"), [("held_out", RECALL), ("held_out_later", RECALL_LATER)]
)
def test_sentences_held_out_are_mostly_judged_rightly(part: str, recall: float) -> None:
    """At first reading: recall 0.93, precision 1.00; of the two sets before, 0.90 and 0.98.

    Of those written later: 0.96 and 1.00 (seventh), 0.71 and 0.98 (eighth, other walks of life and
    subtler evasions), 0.72 and 0.98 (ninth), and of the later one held out 0.88 and 1.00.
    """
    by_language = {language: count(language, part) for language in LANGUAGES}
    total = sum(by_language.values(), Counter())

    for language, one in by_language.items():
        print(language, dict(one))
    assert total["found"] / total["bad"] >= recall
    assert total["found"] / (total["found"] + total["false"]) >= PRECISION


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_has_sixty_sentences_of_every_kind_of_fault(language: str) -> None:
    labels = Counter(
        label for part in (*LEARNT, "held_out") for label, _ in sentences(language, part)
    )

    assert labels.keys() == {"good", BAD, *(kind.value for kind in FaultKind)}
    assert labels["good"] >= 30
    assert labels.total() - labels["good"] >= 30


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_quotes_the_text_and_says_what_to_write(language: str) -> None:
    for part in LEARNT:
        for _, sentence in sentences(language, part):
            given_ = facts(sentence)
            for fault in assess(given_):
                assert fault.quote
                assert fault.quote == given_.text[fault.start : fault.end]
                assert fault.advice


def test_the_words_that_gave_it_away_are_quoted_as_they_were_written() -> None:
    (fault,) = assess(facts("Well — it MIGHT be Useful one day, we think."))

    assert fault.kind is FaultKind.VAGUE
    assert fault.quote.startswith("MIGHT be Useful")


def test_a_hedge_with_a_law_passes() -> None:
    assert not kinds("The entry may be audited at any time under art. 289.")


def test_a_bare_legal_basis_is_no_reason() -> None:
    assert kinds("Art. 6(1)(f) GDPR")
    assert "vague" in kinds("Just in case, Art. 6(1)(f) GDPR.")


def test_what_is_denied_is_not_held_against_the_author() -> None:
    assert not kinds("It is never kept just in case: the dentist needs it before anaesthesia.")


def test_no_text_is_a_place_held() -> None:
    assert kinds("") == kinds(" \n\t") == kinds("—") == {"placeholder"}


def test_the_language_said_decides_only_where_the_words_do_not() -> None:
    assert "vague" in kinds("Könnte eines Tages nützlich sein.", language="en")
    assert "vague" in kinds("Uso futuro", language="pt-BR")


def test_advice_is_given_in_the_language_asked_for() -> None:
    (fault,) = assess(facts("Might be useful one day."), speak="fr")

    assert fault.advice == load_wordlists().languages["fr"].advice["vague"]


@pytest.mark.parametrize(
    ("identifiability", "contradicted"),
    [
        (Identifiability.DIRECT, True),
        (Identifiability.PSEUDONYMOUS, True),
        (None, True),
        (Identifiability.ANONYMOUS, False),
        (Identifiability.NONE, False),
    ],
)
def test_anonymous_is_refuted_by_a_field_that_tells_who(
    identifiability: Identifiability | None, contradicted: bool
) -> None:
    field = FieldFacts(name="mail", category="email", identifiability=identifiability)
    said = facts("The rows are anonymous and only show how many parcels left the depot.")
    faults = assess(replace(said, fields=(field,)))

    assert [fault.kind for fault in faults] == [FaultKind.CONTRADICTED] * contradicted
    assert [fault.fields for fault in faults] == [("mail",)] * contradicted


@pytest.mark.parametrize(
    "text",
    [
        "Not anonymous: the dispatcher calls the buyer when the lorry is late.",
        "The order is anonymised after 90 days; until then a return needs the address.",
        "Aggregated figures were not enough for the auditor, who checks single vouchers.",
    ],
)
def test_anonymity_denied_or_to_come_is_no_claim(text: str) -> None:
    assert not kinds({"text": text, "fields": ["email"]})


def test_like_fields_may_share_a_text() -> None:
    text = "The courier rings the bell and greets by name, else the parcel goes back."

    assert not kinds({"text": text, "fields": ["name", "postal_address", "phone"]})
    assert "stretched" in kinds({"text": text, "fields": ["name", "health", "salary"]})


def test_a_text_that_is_its_own_alternative_is_copied() -> None:
    text = "The dentist reads it before anaesthesia."

    assert "copied" in {fault.kind.value for fault in assess(facts(text, alternatives=text))}


@BRIEFLY
@given(st.text(), st.text(max_size=20))
def test_no_text_whatever_raises(text: str, name: str) -> None:
    for odd in (text, f"{text}\0", f"\u202e{text}\u200f 🦊", text * 20):
        assess(facts({"text": odd, "purpose": name, "purpose_text": text, "fields": ["email"]}))


@BRIEFLY
@given(LETTERS)
def test_case_and_space_at_the_end_change_nothing(text: str) -> None:
    said = [(fault.kind, fault.start) for fault in assess(facts(text))]

    for same in (f"{text} \n", text.upper() if len(text.upper()) == len(text) else text):
        assert [(fault.kind, fault.start) for fault in assess(facts(same))] == said


def test_accents_may_be_missing_or_apart() -> None:
    assert "vague" in kinds("Ca pourrait etre utile un jour, peut-etre.")
    assert "vague" in kinds("C\u0327a pourrait e\u0302tre utile un jour.")
    assert "vague" in kinds("Koennte eines Tages nuetzlich sein.")
    assert "vague" in kinds("אֻלַי יִהְיֶה שִׁמּוּשִׁי יוֹם אֶחָד, שימושי בעתיד.")


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "might be useful " * 12_000,
        "the " * 50_000,
        "e-" * 50_000,
        'א"' * 50_000,
        "may " * 40_000,
        "we need it because " * 10_000,
        "\u0301" * 100_000,
        "might be useful. the courier calls at the door. " * 2_000,
        "might be useful but the courier calls at the door " * 2_000,
        "it is not anonymous. the data is anonymous after. " * 2_000,
    ],
    ids=[
        "word",
        "hits",
        "the",
        "hyphens",
        "gershayim",
        "may",
        "because",
        "marks",
        "made up for",
        "one clause",
        "excused",
    ],
)
def test_long_texts_are_read_to_the_end_and_quoted_where_they_say_it(text: str) -> None:
    given = facts({"text": text, "purpose_text": f"{text} x", "fields": ["email", "health"]})

    for fault in assess(given):
        assert text[fault.start : fault.end] == fault.quote


def test_every_category_of_data_that_is_personal_is_of_a_family_or_a_key() -> None:
    table = tomllib.loads(
        (Path(__file__).parents[2] / "inventory/law/data/categories.toml").read_text()
    )
    codes = {one["code"] for one in table["category"] if one["personal"]}
    keys = {"account_id", "pseudonym", "technical"}

    assert not load_wordlists().family_of.keys() - codes
    assert not codes - load_wordlists().family_of.keys() - keys


def test_a_text_given_for_an_unlike_purpose_too_is_copied() -> None:
    text = "The courier rings this number when nobody opens the door."
    here = facts({"text": text, "purpose": "Deliver parcels", "purpose_text": "Bring the goods."})

    def found(name: str, said: str | None = None, **more: str) -> set[str]:
        other = Elsewhere(name=name, text=said)
        return {fault.kind.value for fault in assess(replace(here, elsewhere=(other,), **more))}

    assert found("Payroll", "Pay the wages.") == {"copied"}
    assert found("Payroll") == {"copied"}
    assert not found("Parcels abroad", "Pay the duties.")
    assert not found("Returns", "Bring the goods back from whoever bought the goods.")
    assert not found("Payroll", text="The parcels and the payroll share this number.")
    assert not found("Payroll", text="Rings twice.") & {"copied"}


@pytest.mark.parametrize(
    ("text", "language", "read"),
    [
        ("Kurier dzwoni do klienta, jeżeli nie znajdzie domu.", None, False),
        ("Kurier dzwoni do klienta, jeżeli nie znajdzie domu.", "en", False),
        ("Курьер звонит клиенту, если не находит дом.", None, False),
        ("Il corriere chiama il cliente se non trova la casa.", "it", False),
        ("The courier calls the buyer when nobody opens the door.", "pl", True),
        ("השליח מתקשר אל הקונה כשאיש אינו פותח.", "en", True),
        ("Der Kurier ruft den Käufer an.", None, True),
    ],
)
def test_a_language_without_lists_is_told_from_those_with(
    text: str, language: str | None, read: bool
) -> None:
    assert can_read(facts(text, language=language)) is read
    if not read:
        assert not kinds(text, language=language)


def test_a_place_held_and_a_copy_are_found_in_any_language() -> None:
    text = "Kurier dzwoni do klienta, jeżeli nie znajdzie domu."

    assert kinds({"text": text, "purpose_text": text}) == {"copied"}
    assert kinds("tbd", language="pl") == {"placeholder"}


def test_a_judgement_that_is_remembered_is_that_of_the_same_facts() -> None:
    said = {"text": "Anonymous rows that show how many parcels left the depot.", "fields": []}

    assert not kinds(said)
    assert kinds({**said, "fields": ["email"]}) == {"contradicted"}
    assert not kinds(said)
