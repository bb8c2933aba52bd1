"""A rulebook of the office's own, and why it is put in force."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from safeconduct.people.reasons import LONGEST, SHORTEST
from safeconduct.triage.actions.rules import LONGEST_NAME


class RulesForm(forms.Form):
    """The text may be pasted or come as a file. It is kept in clear, so that anybody can read by what is decided."""

    name = forms.CharField(
        label=_("Name"),
        help_text=_(
            "How colleagues know it, such as “Rules of September”. Kept in clear: name no person."
        ),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("A YAML file with facts, rules and points; or paste its text below."),
        required=False,
        allow_empty_file=True,
    )
    text = forms.CharField(
        label=_("Text"),
        required=False,
        strip=False,
        widget=forms.Textarea(
            attrs={"rows": 18, "spellcheck": "false", "dir": "ltr", "class": "code"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        file, text = told.get("file"), (told.get("text") or "").strip()
        if file and text:
            raise forms.ValidationError(
                _("There is a file and a text: leave one of the two out."), code="both"
            )
        if file:
            try:
                told["text"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error(
                    "file",
                    _("This file is not text in UTF-8. Save it again as UTF-8 in your editor."),
                )
        elif not text and "file" not in self.errors:
            raise forms.ValidationError(_("Choose a file, or paste the text."), code="none")
        return told


class PutInForceForm(forms.Form):
    why = forms.CharField(
        label=_("Why"),
        help_text=_(
            "What is changed, and why now. Sealed to your office; colleagues read it beside the rulebook."
        ),
        min_length=SHORTEST,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
    )
    sure = forms.BooleanField(label=_("I have looked at who would move"))
