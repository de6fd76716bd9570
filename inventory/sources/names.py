"""Keys and readable names for datasets, made out of the names a schema uses."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import sha256

KEY_LIMIT = 128
NAME_LIMIT = 128  # the longest identifier any common database allows

_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]*", re.IGNORECASE | re.ASCII)
_LOOKS_SUFFIXED = re.compile(r"-[0-9a-f]{12}\Z", re.IGNORECASE)
HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")

Name = tuple[str, str]  # schema ("" for the usual one) and table, as written


def assign_keys(names: Iterable[Name]) -> dict[Name, str]:
    """A key for each name: `table` or `schema.table` in lower case.

    A name that loses something on the way (other characters, length) and a name that differs from
    another only in case carry a mark made from the name itself, so that keys never collide and do
    not depend on the order of the document.
    """
    names = list(dict.fromkeys(names))
    shared = Counter(_plain_key(name) for name in names)
    return {name: _key(name, shared[_plain_key(name)] > 1) for name in names}


def humanise(name: str) -> str:
    """`address_field_categories` and `AddressFieldCategories` → "Address field categories"."""
    words = HUMP.sub(" ", re.sub(r"[\s_.-]+", " ", name)).split()
    if not words:
        return name
    shouted = len(words) == 1 or name.isupper()
    lowered = [w if w.isupper() and len(w) > 1 and not shouted else w.lower() for w in words]
    return lowered[0][:1].upper() + " ".join(lowered)[1:]


def fault_of(name: str) -> str:
    """Why this cannot be the name of a table or column; empty when it can."""
    if not name.strip():
        return "the name is empty"
    if len(name) > NAME_LIMIT:
        return f"the name has {len(name):,} characters; no common database allows over {NAME_LIMIT}"
    if _CONTROL.search(name):
        return "the name holds a line break or another control character"
    return ""


def _key(name: Name, is_shared: bool) -> str:
    key = _plain_key(name)
    exact = key == _joined(name)
    if _keeps_everything(name) and (exact or not is_shared):
        return key
    mark = sha256("\0".join(name).encode("utf-8", "surrogatepass")).hexdigest()[:12]
    return f"{key[: KEY_LIMIT - 13]}-{mark}"


def _keeps_everything(name: Name) -> bool:
    joined = _joined(name)
    parts = [part for part in name if part] or [""]
    plain = all(_PLAIN.fullmatch(part) for part in parts)  # a key begins with a letter or digit
    return plain and len(joined) <= KEY_LIMIT and not _LOOKS_SUFFIXED.search(joined)


def _plain_key(name: Name) -> str:
    decomposed = unicodedata.normalize("NFKD", _joined(name))
    ascii_only = "".join(c for c in decomposed if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9_.-]+", "_", ascii_only).lstrip("_.-") or "table"


def _joined(name: Name) -> str:
    return ".".join(part for part in name if part)
