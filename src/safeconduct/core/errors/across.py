"""Linkage across organisations, which is experimental. SC440 to SC448."""

from __future__ import annotations

from safeconduct.core.errors.refused import Refused


class AcrossRefused(Refused):
    """Something in a comparison of two organisations' lists: nothing was encoded, compared or given away."""


class ExperimentalNotAgreed(AcrossRefused):
    """A command on linkage across organisations, without the word that it is known to be experimental."""

    code = "SC440"
    says = (
        "Linkage across organisations is experimental: its protection has not been reviewed from outside, and it is "
        "not for the field."
    )
    mend = "Read docs/across.md first; then add --experimental, with lists of made-up people only."


class RoundKeyUnclear(AcrossRefused):
    """A key of a round that cannot be used as it is. The key itself is never quoted."""

    code = "SC441"
    says = "{what} cannot be used: {problem}."
    mend = "Make a key with `safeconduct across key`, and give both parties the same file."


class RoundKeyOpen(AcrossRefused):
    """A key file that others on this machine can read."""

    code = "SC442"
    says = "{path} holds the key of a round, and others on this machine may read it."
    mend = "Take that right from them (chmod 600), or make a new key if somebody may have looked."


class KeptBesideEncoding(AcrossRefused):
    """A key or a mapping in the folder whose encoding is given away."""

    code = "SC443"
    says = "{path} would lie in {folder}, from which the encoding is given away."
    mend = (
        "Keep the key and the mapping in another folder: with either, the encoding protects nobody."
    )


class EncodingNotWhole(AcrossRefused):
    """An encoding that is not as it was written: cut short, altered, or of another version."""

    code = "SC444"
    says = "{path} is not a whole encoding: {problem}."
    mend = "Ask its party to send the file again as it was written."


class RoundsDiffer(AcrossRefused):
    """Two encodings that cannot be compared, because their parties did not agree on the same."""

    code = "SC445"
    says = "The two encodings are not of one {what}: {one} and {two}."
    mend = "Agree on it, then let both parties encode anew with the same key, version and options."


class SameEncoding(AcrossRefused):
    """One encoding given twice."""

    code = "SC446"
    says = "Both encodings are the same file ({file})."
    mend = "Give the encodings of two parties. For repeats within one list use `safeconduct link`."


class NumberNotOurs(AcrossRefused):
    """A pair that does not belong to this mapping."""

    code = "SC447"
    says = "Of the pair {a} and {b}, exactly one number should be in this mapping, and is not."
    mend = "Use the mapping that was written together with your encoding of this round."


class NobodyToEncode(AcrossRefused):
    """A list of whose people too little is told."""

    code = "SC448"
    says = "Too little is told of all {people} people of the list: nothing was encoded."
    mend = "A person needs three of: parts of their name, the father's name, the birth."
