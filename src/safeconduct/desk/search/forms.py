"""What is looked for. It is sent in a form: an address is kept by browsers and proxies."""

from __future__ import annotations

from typing import Final

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST: Final = 200


class SearchForm(forms.Form):
    """A part of a name in any script, a telephone, a paper's number, or a case's code."""

    sought = forms.CharField(
        label=_("Name, telephone, paper or case"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "dir": "auto",
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "size": 30,
            }
        ),
    )
