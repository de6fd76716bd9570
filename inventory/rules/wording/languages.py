"""Which language is a text in? Its common words tell; where they do not, what was said counts."""

from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from inventory.law.wordlists import WordLists
from inventory.rules.wording.reading import Language
from inventory.rules.wording.texts import normalise, script_of, words_of

DEFAULT = "en"
MOST_WORDS = 100  # enough to tell
FEWEST_WORDS = 5  # fewer may well be of none of the lists
KNOWN = 0.33  # the share of words that a list knows of a text in its language
KNOWN_IF_SAID = 0.25  # the same where that language was said
SURE = 0.7  # and where one was said that has no list


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


def is_read(text: str, language: Language, languages: Mapping[str, Language], said: str) -> bool:
    """Is the text written in the language it is taken for, and not in one that has no lists?"""
    words = words_of(text[: 20 * MOST_WORDS])[:MOST_WORDS]
    scripts = [script for word in words for sign in word if (script := script_of(sign))]
    own = [script for script in scripts if script in language.scripts]
    if 2 * len(own) < len(scripts):
        return False
    if not language.scripts & _shared_scripts(languages):
        return True  # nothing else is written so
    known = sum(bool(language.globs.of(normalise(word, language.words.fold))) for word in words)
    said = said.split("-")[0].casefold()
    if said and said not in languages:
        return known >= SURE * len(words)
    if len(words) < FEWEST_WORDS:
        return True
    return known > (KNOWN_IF_SAID if languages.get(said) is language else KNOWN) * len(words)


def _shared_scripts(languages: Mapping[str, Language]) -> frozenset[str]:
    """The scripts of more than one language."""
    counts = Counter(script for language in languages.values() for script in language.scripts)
    return frozenset(script for script, n in counts.items() if n > 1)


def _score(words: tuple[str, ...], language: Language) -> float:
    """Grammar counts double: a content word may be borrowed."""
    score = 0.0
    for word in words:
        ids = language.globs.of(normalise(word, language.words.fold))
        score += 2 * bool(ids & language.grammar) + 0.6 * bool(ids & language.general)
        score += 0.2 * bool(ids) + 0.1 * (language.letters >= set(word))
    return score
