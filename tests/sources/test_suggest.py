"""Guesses at data categories: right ones, and the wrong ones that must not be made."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.law.load import load_law
from inventory.sources.suggest import Suggestion, suggest_category
from inventory.sources.vocabulary import LANGUAGES, PHRASES


def category_of(name, type_="text", comment=""):
    suggestion = suggest_category(name, type_, comment)
    return suggestion.category if suggestion else None


@pytest.mark.parametrize(
    ("name", "category"),
    [
        ("first_name", "name"),
        ("FirstName", "name"),
        ("lastname", "name"),
        ("nome_mae", "name"),
        ("nome_da_mãe", "name"),
        ("mae_name", "name"),
        ("patient_name", "name"),
        ("prenom", "name"),
        ("Nachname", "name"),
        ("apellidos", "name"),
        ("שם_פרטי", "name"),
        ("email", "email"),
        ("contact_email_address", "email"),
        ("e-mail", "email"),
        ("correo_electronico", "email"),
        ('דוא"ל', "email"),
        ("mobile_number", "phone"),
        ("Telefonnummer", "phone"),
        ("billing_address", "postal_address"),
        ("address2", "postal_address"),
        ("PostalCode", "postal_address"),
        ("logradouro", "postal_address"),
        ("ip_address", "ip_address"),
        ("mac_address", "device_id"),
        ("dni", "national_id"),
        ("teudat_zehut", "national_id"),
        ("cpf", "tax_id"),
        ("fecha_nacimiento", "date_of_birth"),
        ("Geburtsdatum", "date_of_birth"),
        ("תאריך לידה", "date_of_birth"),
        ("sexe", "gender"),
        ("nacionalidade", "nationality"),
        ("avatar", "photo"),
        ("student_id", "account_id"),
        ("user_name", "username"),
        ("password_hash", "password_secret"),
        ("senha", "password_secret"),
        ("latitude", "location"),
        ("iban", "bank_account"),
        ("card_number", "payment_card"),
        ("salaire_brut", "salary"),
        ("payment_amount", "financial_transaction"),
        ("blood_type", "health"),
        ("Blutgruppe", "health"),
        ("alergia", "health"),
        ("dna_sequence", "genetic"),
        ("fingerprint", "biometric"),
        ("ethnicity", "ethnic_origin"),
        ("Konfession", "religion"),
        ("political_party", "political_opinion"),
        ("Gewerkschaft", "trade_union"),
        ("orientation_sexuelle", "sexual_orientation"),
        ("casier_judiciaire", "criminal_record"),
        ("estado_civil", "marital_status"),
        ("nombre_enfants", "family"),
        ("escolaridade", "education"),
        ("job_title", "job_title"),
        ("last_login", "login_history"),
        ("newsletter", "preferences"),
        ("observaciones", "free_text"),
        ("birthPlace", "place_of_birth"),
        ("user_agent", "user_agent"),
        ("cookie_id", "cookie_id"),
        ("sick_days", "sick_leave"),
        ("Krankenkasse", "health_insurance"),
        ("plano_de_saude", "health_insurance"),
        ("patient_id", "medical_record_number"),
        ("medication", "prescription"),
        ("emergency_contact", "emergency_contact"),
        ("titre_de_sejour", "immigration_status"),
        ("search_query", "search_history"),
        ("renda_familiar", "income_assets"),
        ("Weltanschauung", "worldview"),
        ("marketing_consent", "privacy_choice"),
        ("תחביבים", "interests"),
        ("updated_at", "technical"),
        ("id", "technical"),
        ("product_name", "not_personal"),
        ("currency", "not_personal"),
    ],
)
def test_what_a_name_gives_away(name, category):
    assert category_of(name) == category


@pytest.mark.parametrize(
    "name",
    [
        "name",
        "nome",
        "company_name",
        "school_name",
        "file_name",
        "email_sent_count",
        "email_template",
        "email_verified_at",
        "phone_type",
        "address_id",
        "address_field_categories",
        "password_reset_at",
        "health_check",
        "ssl_fingerprint",
        "gender_restriction",
        "page",
        "message",
        "addressee_type",
        "hotel",
        "description",
        "amount",
        "title",
        "parent_id",
        "",
        "___",
        "42",
    ],
)
def test_what_a_name_does_not_give_away(name):
    found = category_of(name)
    assert found is None


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("email", "boolean"),
        ("customer_email", "tinyint(1)"),
        ("phone", "timestamp with time zone"),
        ("first_name", "integer"),
        ("note", "numeric(4,2)"),
        ("comment", "boolean"),
    ],
)
def test_a_type_that_cannot_hold_it_silences_the_guess(name, type_):
    assert category_of(name, type_) is None


@pytest.mark.parametrize(
    ("name", "type_", "category"),
    [
        ("is_pregnant", "boolean", "health"),
        ("medical_date", "date", "health"),
        ("source", "inet", "ip_address"),
        ("hardware", "macaddr", "device_id"),
    ],
)
def test_a_type_can_speak_for_a_column(name, type_, category):
    assert category_of(name, type_) == category


def test_a_comment_speaks_where_the_name_is_silent():
    suggestion = suggest_category("custom_200000003", "text", "Blood group, as on the card")
    assert suggestion == Suggestion("health", "the comment says “blood group” in English")


def test_a_comment_does_not_overrule_the_name():
    assert category_of("email", "text", "or a telephone") == "email"


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("mother_name", "“mother” + “name” in English"),
        ("nome_mae", "“mae” + “nome” in Portuguese"),
        ("mae_name", "“mae” + “name” in Portuguese and English"),
        ("code_postal", "“code postal” in French"),
    ],
)
def test_the_reason_is_words_for_a_person(name, reason):
    assert suggest_category(name, "text", "").reason == reason


def test_every_code_is_one_of_the_law_data():
    assert set(PHRASES) <= set(load_law().categories)


def test_every_phrase_is_in_a_language_we_can_name():
    assert {language for words in PHRASES.values() for language in words} <= set(LANGUAGES)


@pytest.mark.parametrize("category", sorted(PHRASES))
def test_every_phrase_finds_its_own_category(category):
    for phrases in PHRASES[category].values():
        found = {phrase: category_of(phrase) for phrase in phrases}
        assert set(found.values()) == {category}, found


@given(st.text(), st.text(max_size=40), st.text())
def test_any_text_yields_a_suggestion_or_none(name, type_, comment):
    suggestion = suggest_category(name, type_, comment)
    assert suggestion is None or suggestion.reason
