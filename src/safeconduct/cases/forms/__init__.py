"""The forms of a case: what people tell, typed as it is heard, and read back without a loss."""

from typing import Final

from safeconduct.cases.forms.card import CallerForm, PersonForm
from safeconduct.cases.forms.contents import (
    NoteForm,
    PlaceForm,
    SafeContactForm,
    ThreatForm,
    TieForm,
)
from safeconduct.cases.forms.cover import CoverForm
from safeconduct.cases.forms.entry_form import EntryForm, HeardForm
from safeconduct.cases.forms.new_case import CallForm, HouseholdRows
from safeconduct.cases.forms.owning import (
    AgreeForm,
    CompareForm,
    HandOverForm,
    HandOverManyForm,
    HoldEndForm,
    PurposeForm,
    RemoveForm,
    ShareForm,
    ShreddingForm,
    TakeBackForm,
)
from safeconduct.cases.forms.records import (
    ConsentForm,
    DecisionForm,
    DocumentForm,
    DocumentTitleForm,
    HoldForm,
    WithdrawalForm,
)
from safeconduct.cases.forms.talks import SaidForm, TalkForm

__all__ = [
    "FORMS",
    "AgreeForm",
    "CallForm",
    "CompareForm",
    "CoverForm",
    "DocumentForm",
    "EntryForm",
    "HandOverForm",
    "HandOverManyForm",
    "HeardForm",
    "HoldEndForm",
    "HoldForm",
    "HouseholdRows",
    "PurposeForm",
    "RemoveForm",
    "SaidForm",
    "ShareForm",
    "ShreddingForm",
    "TakeBackForm",
    "TalkForm",
    "WithdrawalForm",
]

# By the kind of entry that a form writes. A hand-over and the rulebook's facts have forms of their own elsewhere; a
# plea stays as it arrived, and an assessment is never written by hand.
FORMS: Final[dict[str, type[EntryForm]]] = {
    form.entry.kind: form
    for form in (
        PersonForm,
        CallerForm,
        SafeContactForm,
        PlaceForm,
        TieForm,
        ThreatForm,
        SaidForm,
        TalkForm,
        NoteForm,
        DocumentTitleForm,
        ConsentForm,
        DecisionForm,
        HoldForm,
    )
}
