"""Invented data for the style page, which shows every part of the screens in each of its states."""

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

TODAY = date(2026, 11, 24)


class JustifySample(forms.Form):
    """The fields of the justify panel, as the style page shows them."""

    purpose = forms.ChoiceField(
        label=_("Purpose"),
        choices=[("invoices", _("Issue invoices")), ("serve", _("Serve customers"))],
    )
    reason = forms.CharField(
        label=_("Why can this purpose not do without them?"), widget=forms.Textarea
    )
    alternatives = forms.CharField(label=_("What else was considered?"), required=False)


class PeriodSample(forms.Form):
    """One field that was refused and one that takes "I don't know yet"."""

    kept_for = forms.CharField(label=_("Kept for"))
    encrypted = forms.ChoiceField(
        label=_("Encrypted at rest"),
        choices=[("", _("I don't know yet")), ("yes", _("Yes")), ("no", _("No"))],
        help_text=_("Fine. It stays unknown until someone does."),
        required=False,
    )

    def clean_kept_for(self) -> str:
        raise forms.ValidationError(
            _("“%(text)s” is not a length of time. Write 6 months, 2 years or 90 days."),
            params={"text": self.cleaned_data["kept_for"]},
        )


def samples() -> dict[str, Any]:
    """The whole context of style_page.html but the shell."""
    refused = PeriodSample({"kept_for": "6 monts"})
    refused.is_valid()
    return {
        "today": TODAY,
        "period": refused,
        "finding": finding(),
        "closed": finding() | {"id": "closed", "closed": True},
        "waived": finding() | {"id": "waived", "waived_until": date(2027, 1, 31)},
        "explanation": explanation(),
        "matrix": matrix(),
        "filters": filters(),
        "acts": ACTS,
        "justify": justify(),
        "strip": STRIP,
        "todo": TODO,
        "compare": COMPARE,
        "history": HISTORY,
        "lineage": LINEAGE,
        "trend": trend(),
        "band": {"day": date(2025, 12, 31), "compare_url": "#", "back_url": "#"},
        "cells": CELLS,
        "dialog": {
            "id": "retire",
            "title": _("Retire “Access badges”?"),
            "text": _("It leaves lists and new records. Its history and past records stay."),
            "url": "#",
            "act": _("Retire dataset"),
            "danger": True,
        },
        "joy": {
            "title": _("Nothing to work off"),
            "text": _("Every check that applies to your 41 datasets is met in all five countries."),
            "act_label": _("Print the record while it is clean"),
            "act_url": "#",
            "joy": True,
        },
        "empty": {
            "title": _("No datasets yet"),
            "text": _("Import the schema you have, or type the first one."),
            "act_label": _("Import a schema"),
            "act_url": "#",
        },
        "tabs": [
            {"label": _("Fields"), "count": 24, "url": "#", "current": True},
            {"label": _("Purposes"), "count": 3, "url": "#"},
            {"label": _("History"), "count": None, "url": "#"},
        ],
        "crumbs": [{"label": _("Datasets"), "url": "#"}, {"label": "crm.contacts", "key": True}],
    }


def finding() -> dict[str, Any]:
    return {
        "id": "open",
        "status": "breach",
        "place": "Brazil",
        "age": "12 days",
        "with_whom": "Paula Souza",
        "title": "Kept past the end of processing",
        "text": "Payroll keeps bank_account 7 years after a person leaves. Nothing asks for 7.",
        "citations": [
            {
                "provision": "LGPD art. 16",
                "url": "#",
                "quote": "Os dados pessoais serão eliminados após o término de seu tratamento",
                "lang": "pt",
                "dir": "ltr",
            }
        ],
        "actions": [{"label": "Set 5 years", "url": "#"}, {"label": "Cite a law", "url": "#"}],
        "explain_url": "#",
    }


def explanation() -> dict[str, Any]:
    return {
        "lead": "Applicants keeps the files of rejected applicants 24 months. In Germany, 6 months"
        " is what the claim periods bear out.",
        "citations": [
            {
                "provision": "GDPR Art. 5(1)(e)",
                "url": "#",
                "quote": "kept … for no longer than is necessary",
                "lang": "en",
            },
            {"provision": "AGG § 15(4)", "url": "#", "unread": True},
        ],
        "guidance": True,
        "why_this_law": "Maré Logistik GmbH, Hamburg, is the controller",
        "facts": [
            {"label": "Kept for", "value": "24 months from the last contact", "change_url": "#"},
            {"label": "Consent to keep longer", "value": "none recorded"},
        ],
        "law_version": "2026-11-20, read by a lawyer: not yet",
        "mends": [
            "Set 6 months for Germany. France keeps its 2 years.",
            "Or record why a file is needed longer.",
        ],
        "actions": [
            {"label": "Set 6 months for Germany", "url": "#", "main": True},
            {"label": "Assign", "url": "#"},
            {"label": "Waive…", "url": "#"},
        ],
        "next": "Closes at once when the period is changed.",
        "elsewhere": [{"status": "met", "text": "France: 2 years, CNIL recruitment guide 2023"}],
    }


def matrix() -> dict[str, Any]:
    rows = [
        ("CRM contacts", "met", ("attention", 1), ("breach", 2), ("breach", 1), ("unknown", 1)),
        ("Payroll", "met", "met", ("breach", 1), "met", "met"),
        ("Patient portal uploads", "na", "na", "met", "na", ("breach", 1)),
        (
            "Recommender training set",
            ("unknown", 2),
            ("unknown", 2),
            ("unknown", 1),
            "na",
            ("unknown", 1),
        ),
        ("Basket statistics", "met", "met", "met", "met", "met"),
    ]
    return {
        "caption": _("Datasets by country"),
        "columns": [{"code": code, "name": name, "law": law} for code, name, law in COUNTRIES],
        "rows": [{"name": name, "url": "#", "cells": _cells(marks)} for name, *marks in rows],
    }


def _cells(marks: list[Any]) -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "country": name,
            "status": mark[0] if isinstance(mark, tuple) else mark,
            "count": mark[1] if isinstance(mark, tuple) else None,
            "url": "#",
        }
        for (code, name, _law), mark in zip(COUNTRIES, marks, strict=True)
    ]


def filters() -> dict[str, Any]:
    options = [
        {"label": _("Breach"), "count": 4, "url": "#"},
        {"label": _("Met"), "count": 1286, "url": "#"},
    ]
    return {
        "label": _("Name, key, field or system. Typos are fine"),
        "query": "",
        "kept": [],
        "used": [{"label": _("Country"), "value": _("Brazil"), "remove_url": "#"}],
        "offered": [
            {"label": _("Standing"), "options": options},
            {"label": _("Kind"), "options": options},
        ],
        "clear_url": "#",
    }


def trend() -> dict[str, Any]:
    lines = [("unknown", 7, 92, "0,5 115,40 230,90"), ("breach", 6, 106, "0,24 115,50 230,94")]
    return {
        "title": _("Open findings, twelve months"),
        "top": 40,
        "from_label": "Dec 2025",
        "to_label": "Nov 2026",
        "lines": [
            {"status": status, "label": f"{n} {status}", "end_y": y, "points": points}
            for status, n, y, points in lines
        ],
        "rows": [{"month": "Nov 2026", "breach": 6, "attention": 5, "unknown": 7}],
    }


def justify() -> dict[str, Any]:
    return {
        "url": "#",
        "form": JustifySample(initial={"reason": "The invoice must name the buyer by CPF."}),
        "names": ["cpf", "rg_number", "birth_date"],
        "field_ids": [],
        "basis": _("Basis in Brazil: legal obligation, LGPD art. 7 II"),
        "missed": ["rg_number"],
        "advice": [
            {
                "quote": "might be useful",
                "kind": _("vague"),
                "advice": "Name what is done with exactly this data.",
                "fields": ["birth_date"],
            }
        ],
    }


COUNTRIES = [
    ("FR", _("France"), "GDPR"),
    ("DE", _("Germany"), "GDPR"),
    ("BR", _("Brazil"), "LGPD"),
    ("AR", _("Argentina"), "PDP"),
    ("IL", _("Israel"), "PPA"),
]
STRIP = [
    {"country": name, "law": law, "status": status, "count": count, "url": "#"}
    for (_code, name, law), (status, count) in zip(
        COUNTRIES,
        [("met", None), ("attention", 1), ("breach", 2), ("breach", 1), ("unknown", 1)],
        strict=True,
    )
]
ACTS = [
    {"label": _("Justify"), "name": "act", "value": "justify", "key": "w", "main": True},
    {"label": _("Set purpose"), "name": "act", "value": "purpose", "key": "p"},
    {"label": _("Set category"), "name": "act", "value": "category", "key": "c"},
]
TODO_KEYS = ("status", "title", "under", "act_label", "act_url")
TODO = [
    dict(zip(TODO_KEYS, row, strict=True))
    for row in (
        ("breach", "Invoices kept 8 years in France, not 10", "12 days", "Set 10 years", "#"),
        ("unknown", "Nobody has said who holds the key", "6 findings", "Answer", "#"),
        ("attention", "7 justifications wait for you", "oldest since Friday", "Review", "#"),
    )
] + [
    {"icon": "hold", "title": "Invoices 2018, held", "under": "Hamburg tax audit"}
    | {"act_label": "See the hold", "act_url": "#"}
]
COMPARE = {
    "before": "Approved 12 March 2026",
    "before_by": "by Inês Duarte",
    "after": "Submitted 20 November 2026",
    "after_by": "by Léa Marchand",
    "rows": [
        {
            "label": _("Why this field"),
            "before": [
                {"text": "We send each subscriber the newsletter of "},
                {"kind": "del", "text": "their country"},
                {"text": ", so we must know "},
                {"kind": "del", "text": "which one it is"},
                {"text": "."},
            ],
            "after": [
                {"text": "We send each subscriber the newsletter of "},
                {"kind": "ins", "text": "the interests they chose at sign-up"},
                {"text": ", so we must know "},
                {"kind": "ins", "text": "the segment those choices put them in"},
                {"text": "."},
            ],
        },
        {
            "label": _("Alternatives"),
            "before": [],
            "after": [
                {"kind": "ins", "text": "Asking at each mailing. Answered by 3 % of readers."}
            ],
        },
        {
            "label": _("Data category"),
            "before": [{"text": "Profile"}],
            "after": [{"text": "Profile"}],
            "same": True,
        },
    ],
}
HISTORY = [
    {
        "when": datetime(2026, 11, 20, 16, 12, tzinfo=UTC),
        "who": "Léa Marchand",
        "what": _("Field changed"),
        "reason": "Segments come from sign-up now",
        "changes": [{"label": _("Category"), "before": "Contact", "after": "Profile"}],
    },
    {
        "when": datetime(2026, 3, 12, 9, 0, tzinfo=UTC),
        "who": "",
        "what": _("Dataset registered"),
        "changes": [],
    },
]
CELLS = [
    {"state": "rest", "value": "Contact", "url": "#", "label": "email"},
    {"state": "rest", "value": "", "url": "#", "label": "cpf"},
    {"state": "saving", "value": "Contact"},
    {"state": "saved", "value": "Contact", "url": "#"},
    {
        "state": "refused",
        "value": "Contract",
        "url": "#",
        "error": "No category is called “Contract”. Did you mean Contact?",
    },
    {
        "state": "changed",
        "value": "Contact",
        "url": "#",
        "by": "Léa Marchand",
        "at": "10:42",
        "theirs": "Name",
        "keep_url": "#",
        "mine_url": "#",
    },
]
NODE_KEYS = ("x", "y", "width", "name", "detail", "kind")
LINEAGE = {
    "title": _("Where it comes from and where it goes"),
    "url": "#",
    "width": 680,
    "height": 120,
    "nodes": [
        dict(zip(NODE_KEYS, node, strict=True)) | {"height": 38}
        for node in (
            (1, 8, 150, "Shop web form", "collected directly", "box"),
            (1, 76, 150, "Call centre", "copied nightly", "box"),
            (250, 42, 170, "CRM contacts", "", "here"),
            (490, 8, 188, "Recommender training set", "pseudonymised · key holder?", "box"),
            (490, 76, 188, "Basket statistics", "aggregated · not personal", "box stops"),
        )
    ],
    "lines": [
        {"path": "M151 27C200 27 200 61 250 61"},
        {"path": "M151 95C200 95 200 61 250 61"},
        {"path": "M420 61C455 61 455 27 490 27"},
        {"path": "M420 61C455 61 455 95 490 95", "stops": True},
    ],
    "twin": [
        {"source": "Shop web form", "how": "collected directly", "target": "CRM contacts"},
        {"source": "CRM contacts", "how": "aggregated", "target": "Basket statistics"},
    ],
}
