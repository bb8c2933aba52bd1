"""A plea arrives (sheet, form, call, text) and ends in a case, in quarantine, or withdrawn; and every end is seen."""
