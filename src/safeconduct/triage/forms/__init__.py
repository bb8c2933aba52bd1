"""What is typed in this room."""

from safeconduct.triage.forms.answers import AnswersForm
from safeconduct.triage.forms.overrides import OverrideForm
from safeconduct.triage.forms.rules import PutInForceForm, RulesForm

__all__ = ["AnswersForm", "OverrideForm", "PutInForceForm", "RulesForm"]
