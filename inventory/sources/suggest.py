"""A guess at what a column holds, from its name, type and comment.

It is shown as a suggestion with its reason and never applied unasked, so it would rather say
nothing than something wrong.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from inventory.sources.names import HUMP
from inventory.sources.vocabulary import LANGUAGES, NAMES, PEOPLE, PHRASES, ByLanguage

LONGEST_PHRASE = 5  # words
COMMENT_WORDS = 30

_WORD = re.compile(r"[^\W_]+")
_QUOTES_INSIDE = re.compile(r"(?<=\w)[\"'’״׳](?=\w)")
_ENDING_DIGITS = re.compile(r"(?<=[^\W\d_])\d+\Z")

# What a type rules out: no truth value is an e-mail address, no date a telephone number.
_KINDS = (
    ("boolean", re.compile(r"bool|bit\Z|bit\(1\)|tinyint\(1\)", re.IGNORECASE)),
    ("date", re.compile(r"date|time|year|interval", re.IGNORECASE)),
    (
        "number",
        re.compile(r"int|serial|numeric|decimal|number|float|double|real|money", re.IGNORECASE),
    ),
)
_SAID_BY_YES_OR_NO = frozenset(
    [
        "health",
        "disability",
        "religion",
        "trade_union",
        "criminal_record",
        "preferences",
        "family",
        "privacy_choice",
        "organisation_membership",
        "offence_suspicion",
        "sick_leave",
    ]
)
_DATED = frozenset(
    [
        "date_of_birth",
        "health",
        "employment",
        "technical",
        "behaviour",
        "criminal_record",
        "education",
        "financial_transaction",
        "login_history",
        "privacy_choice",
        "sick_leave",
        "disciplinary_measure",
        "work_time",
    ]
)
_NEVER_NUMBERS = frozenset(["name", "email", "free_text", "photo", "signature", "biometric"])
_BY_TYPE = (
    (re.compile(r"(?:inet|cidr)\b", re.IGNORECASE), "ip_address"),
    (re.compile(r"macaddr8?\b", re.IGNORECASE), "device_id"),
)
# Beside a match, these words say that the column tells something about the thing and is not it.
_ABOUT = """
    check does restriction count counts counter total num nb sent delivered opened bounced
    verified validated confirmed enabled disabled active template templates subject body type
    types kind format status flag required optional visible hidden show label length limit max
    min maximum minimum default field fields column setting settings config configuration
    provider domain server host port queue log logs error errors message messages notification
    notifications alert alerts list group groups rate ratio sort order version policy reset
    expires expiry expiration attempts updated created changed at on date time timestamp id ids
    uuid fk code codes is has allow allowed can use category categories scheme mask regex
    pattern file files filename product products company school table key cert certificate ssl
    tls public class classes size percent statut modele modeles envoye envois actif type libelle
    categorie nombre anzahl typ vorlage aktiv datum zeit gesendet cantidad tipo estado plantilla
    activo enviado fecha categoria quantidade qtd modelo ativo data סוג סטטוס כמות תבנית קוד
"""
_ABOUT_TIME = frozenset(["at", "on", "date", "time", "timestamp", "fecha", "data", "datum"])
_ASKING = frozenset(["is", "has"])
_ROW_KEYS = frozenset({"id", "uuid", "guid"})


@dataclass(frozen=True, slots=True)
class Suggestion:
    category: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Match:
    category: str
    words: tuple[str, ...]
    languages: tuple[str, ...]
    weight: int
    beside: frozenset[str]


def suggest_category(name: str, type: str = "", comment: str = "") -> Suggestion | None:  # noqa: A002
    """The likeliest data category and why; None where nothing points to one."""
    words = _words(name[:200])
    if len(words) == 1 and words[0] in _ROW_KEYS:
        return Suggestion("technical", f"“{words[0]}” alone is the key of a row")
    match = _best(words, type)
    if match:
        return Suggestion(match.category, _reason(match))
    match = _best(_words(comment[:600])[:COMMENT_WORDS], type)
    if match:
        return Suggestion(match.category, f"the comment says {_reason(match)}")
    return _from_type(type)


def _best(words: list[str], type_: str) -> _Match | None:
    matches = [*_phrases_in(words), *_names_of_people_in(words)]
    longest = max(matches, key=lambda match: match.weight, default=None)
    if longest is None or _is_only_about(longest, type_):
        return None
    return longest


def _phrases_in(words: list[str]) -> Iterator[_Match]:
    phrases = _phrases()
    for start in range(len(words)):
        for end in range(start + 1, min(len(words), start + LONGEST_PHRASE) + 1):
            glued = "".join(words[start:end])
            for category, languages in phrases.get(glued, {}).items():
                beside = frozenset(words[:start] + words[end:])
                said = (" ".join(words[start:end]),)
                yield _Match(category, said, languages, len(glued), beside)


def _names_of_people_in(words: list[str]) -> Iterator[_Match]:
    """A word for a person beside a word for a name: `nome_mae`, `patient_name`."""
    names, people = _nouns()
    name = next((word for word in words if word in names), None)
    person = next((word for word in words if word in people), None)
    if name is None or person is None:
        return
    shared = [language for language in people[person] if language in names[name]]
    languages = shared[:1] or [people[person][0], names[name][0]]
    beside = frozenset(words) - {name, person}
    weight = len(name) + len(person)
    yield _Match("name", (person, name), tuple(languages), weight, beside)


def _is_only_about(match: _Match, type_: str) -> bool:
    """Whether the column tells something about the thing, like how many there are."""
    kind = next((kind for kind, pattern in _KINDS if pattern.match(type_.strip())), "")
    allowed = _ABOUT_TIME if match.category in _DATED else frozenset()
    if kind == "boolean":
        if match.category not in _SAID_BY_YES_OR_NO:
            return True
        allowed = _ASKING
    if kind == "date" and match.category not in _DATED:
        return True
    if kind == "number" and match.category in _NEVER_NUMBERS:
        return True
    return bool((match.beside - allowed) & _about())


def _from_type(type_: str) -> Suggestion | None:
    for pattern, category in _BY_TYPE:
        if pattern.match(type_.strip()):
            return Suggestion(category, f"the type {type_.strip()[:40]} holds nothing else")
    return None


def _reason(match: _Match) -> str:
    said = " + ".join(f"“{word}”" for word in match.words)
    return f"{said} in {' and '.join(LANGUAGES[code] for code in match.languages)}"


def _words(text: str) -> list[str]:
    plain = _QUOTES_INSIDE.sub("", text)
    words = [_fold(word) for word in _WORD.findall(HUMP.sub(" ", plain))]
    return [_ENDING_DIGITS.sub("", word) for word in words if word]


def _fold(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.lower().replace("ß", "ss"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@lru_cache(maxsize=1)
def _phrases() -> dict[str, dict[str, tuple[str, ...]]]:
    """Each phrase, its words glued, with its categories and the languages it is from."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for category, by_language in PHRASES.items():
        for language, listed in by_language.items():
            for phrase in listed:
                categories = found.setdefault("".join(_words(phrase)), {})
                categories.setdefault(category, (language,))
    return found


@lru_cache(maxsize=1)
def _nouns() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    return _by_word(NAMES), _by_word(PEOPLE)


def _by_word(by_language: ByLanguage) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for language, listed in by_language.items():
        for word in listed:
            found.setdefault(_fold(word), []).append(language)
    return found


@lru_cache(maxsize=1)
def _about() -> frozenset[str]:
    return frozenset(_ABOUT.split())
