"""Ways of others to write any script in Latin letters, for baselines. Neither knows Dari; both are in wide use."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from safeconduct.rehearsal.bench.optional import library

ToLatin = Callable[[str], str]


def anyascii() -> ToLatin | None:
    """Letter by letter, by the table of the library anyascii (ISC)."""
    found = library("anyascii")
    if found is None:
        return None
    transliterated: ToLatin = found.anyascii
    return lambda text: transliterated(text).casefold()


def icu() -> ToLatin | None:
    """By the rules of Unicode's ICU, through PyICU (MIT)."""
    found = library("icu")
    if found is None:
        return None
    to_ascii = found.Transliterator.createInstance("Any-Latin; Latin-ASCII; Lower")
    transliterated: ToLatin = to_ascii.transliterate
    return transliterated


# By the module that each needs.
TRANSLITERATIONS: Mapping[str, Callable[[], ToLatin | None]] = {"anyascii": anyascii, "icu": icu}


def either() -> tuple[str, ToLatin] | None:
    """ICU's where it is there, else anyascii's, with its name; None without both."""
    for name, transliteration in (("ICU", icu), ("anyascii", anyascii)):
        to_latin = transliteration()
        if to_latin is not None:
            return name, to_latin
    return None
