"""A check's title and remedy in the languages of its law, and whether a lawyer has read them."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from inventory.law.bundle import Law
from inventory.law.shapes import Check, Review
from inventory.models import Finding
from inventory.services.wording import find_check
from inventory.templatetags.grounds import day


def native_words(finding: Finding, law: Law) -> list[dict[str, str]]:
    """What `_parts/native.html` shows: a translation for each language that is spoken there."""
    check = find_check(law, finding.check_id, finding.evaluation.as_of)
    if check is None:
        return []
    spoken = _spoken(finding, law)
    tags = sorted(check.title.keys() & check.remedy.keys() - {"en"})
    shown = [tag for tag in tags if tag.partition("-")[0] in spoken]
    return [_translation(check, tag, law.reviews.get(tag)) for tag in shown]


def _spoken(finding: Finding, law: Law) -> set[str]:
    """The languages of the countries concerned, or those of the law where none is named."""
    countries = [law.countries[code] for code in finding.countries if code in law.countries]
    regime = law.regimes.get(finding.regime)
    tags = [tag for country in countries for tag in country.languages]
    return {tag.partition("-")[0] for tag in tags or (regime.languages if regime else ())}


def _translation(check: Check, tag: str, review: Review | None) -> dict[str, str]:
    language = get_language_info(tag.lower())
    return {
        "tag": tag,
        "dir": "rtl" if language["bidi"] else "ltr",
        "language": language["name_translated"],
        "title": check.title[tag],
        "remedy": check.remedy[tag],
        "review": _said(review),
    }


def _said(review: Review | None) -> str:
    if review is None or not review.reviewed:
        return _("Translation not reviewed by a lawyer.")
    who = {"who": review.by, "day": day(review.on)}
    return _("Translation reviewed by %(who)s, %(day)s.") % who
