"""Which language is a text in? Its common words tell; where they do not, what was said counts."""

from collections.abc import Mapping
from functools import lru_cache

from inventory.law.wordlists import WordLists
from inventory.rules.wording.reading import Language
from inventory.rules.wording.texts import normalise, words_of

DEFAULT = "en"
MOST_WORDS = 100  # enough to tell


@lru_cache(maxsize=4)
def languages_of(lists: WordLists) -> Mapping[str, Language]:
    """All languages made ready."""
    return {code: Language(words) for code, words in lists.languages.items()}


def recognise(text: str, languages: Mapping[str, Language], said: str | None = None) -> Language:
    """The language of a text; the one that was said wins where nothing speaks against it."""
    words = words_of(text[: 20 * MOST_WORDS])[:MOST_WORDS]
    if said not in languages:
        said = (said or "").split("-")[0].casefold()
    scores = {code: _score(words, language) for code, language in languages.items()}
    scores = {code: score + 1.5 * (code == said) for code, score in scores.items()}
    best = max(scores, key=lambda code: (scores[code], code == said, code == DEFAULT))
    return languages[best]


def _score(words: tuple[str, ...], language: Language) -> float:
    """Grammar counts double: a content word may be borrowed."""
    score = 0.0
    for word in words:
        ids = language.globs.of(normalise(word, language.words.fold))
        score += 2 * bool(ids & language.grammar) + 0.6 * bool(ids & language.general)
        score += 0.2 * bool(ids) + 0.1 * (language.letters >= set(word))
    return score
