"""EXPERIMENTAL: which people stand on two organisations' lists, without either showing its names.

Each party encodes its own list under a key of one round; a linkage unit that never has the key compares the codes
and gives back pairs of numbers with a band. docs/across.md tells what is protected, which attacks are known, and that
nobody from outside has reviewed this: it is not for the field.
"""

from safeconduct.core.linkage.across.comparing import BANDS, MatchedNumbers, compare_encodings
from safeconduct.core.linkage.across.encoding import Encoded, encode
from safeconduct.core.linkage.across.files import (
    EncodingFile,
    encoding_lines,
    key_from_text,
    key_text,
    read_encoding,
)
from safeconduct.core.linkage.across.protecting import DEFAULT, Protection
from safeconduct.core.linkage.across.resolving import Resolved, resolve
from safeconduct.core.linkage.across.rounds import KEY_BYTES, RoundKey, new_round_key

__all__ = [
    "BANDS",
    "DEFAULT",
    "KEY_BYTES",
    "Encoded",
    "EncodingFile",
    "MatchedNumbers",
    "Protection",
    "Resolved",
    "RoundKey",
    "compare_encodings",
    "encode",
    "encoding_lines",
    "key_from_text",
    "key_text",
    "new_round_key",
    "read_encoding",
    "resolve",
]
