"""The words by which columns give away what they hold, as `vocabulary.toml` lists them."""

import tomllib
from pathlib import Path
from typing import Any

type ByLanguage = dict[str, list[str]]

_WORDS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
LANGUAGES = {
    "en": "English",
    "fr": "French",
    "de": "German",
    "es": "Spanish",
    "pt": "Portuguese",
    "he": "Hebrew",
}
NAMES: ByLanguage = _WORDS["names"]
PEOPLE: ByLanguage = _WORDS["people"]
PHRASES: dict[str, ByLanguage] = _WORDS["phrases"]  # by the code of a data category
