"""What the page about one entry is called, by the entry's kind: whole phrases, so that each can be translated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADD: Final[Mapping[str, Promise]] = {
    "person": _("Add a person"),
    "caller": _("Add a caller"),
    "safe_contact": _("Add rules for calling in safety"),
    "place": _("Add a place"),
    "tie": _("Add a tie"),
    "threat": _("Add a threat"),
    "said": _("Add what was told in words"),
    "talk": _("What was said"),
    "note": _("Add a note"),
    "consent": _("Add a consent"),
    "decision": _("Add a decision of an authority"),
}
CHANGE: Final[Mapping[str, Promise]] = {
    "person": _("Change a person"),
    "caller": _("Change a caller"),
    "safe_contact": _("Change the rules for calling in safety"),
    "place": _("Change a place"),
    "tie": _("Change a tie"),
    "threat": _("Change a threat"),
    "said": _("Change what was told in words"),
    "talk": _("Change what was said"),
    "note": _("Change a note"),
    "document": _("Change the title of a document"),
    "consent": _("Change a consent"),
    "decision": _("Change a decision of an authority"),
}
REMOVE: Final[Mapping[str, Promise]] = {
    "person": _("Remove this person?"),
    "caller": _("Remove this caller?"),
    "safe_contact": _("Remove these rules for calling in safety?"),
    "place": _("Remove this place?"),
    "tie": _("Remove this tie?"),
    "threat": _("Remove this threat?"),
    "said": _("Remove these words?"),
    "talk": _("Remove this conversation?"),
    "note": _("Remove this note?"),
    "document": _("Remove this document?"),
    "consent": _("Remove this consent?"),
    "decision": _("Remove this decision of an authority?"),
}
HISTORY: Final[Mapping[str, Promise]] = {
    "person": _("History of a person"),
    "caller": _("History of a caller"),
    "safe_contact": _("History of the rules for calling in safety"),
    "place": _("History of a place"),
    "tie": _("History of a tie"),
    "threat": _("History of a threat"),
    "facts": _("History of the answers to the rulebook"),
    "said": _("History of what was told in words"),
    "assessed": _("History of the assessment"),
    "talk": _("History of a conversation"),
    "plea": _("History of a plea"),
    "note": _("History of a note"),
    "document": _("History of a document"),
    "consent": _("History of a consent"),
    "decision": _("History of a decision of an authority"),
    "handover": _("History of a hand-over"),
    "hold": _("History of a hold"),
}
MEETING: Final[Mapping[str, Promise]] = {
    "person": _("Two of you changed this person"),
    "caller": _("Two of you changed this caller"),
    "safe_contact": _("Two of you changed these rules for calling in safety"),
    "place": _("Two of you changed this place"),
    "tie": _("Two of you changed this tie"),
    "threat": _("Two of you changed this threat"),
    "said": _("Two of you changed these words"),
    "talk": _("Two of you changed this conversation"),
    "note": _("Two of you changed this note"),
    "document": _("Two of you changed this document's title"),
    "consent": _("Two of you changed this consent"),
    "decision": _("Two of you changed this decision of an authority"),
}
