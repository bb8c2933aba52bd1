"""How strongly a list is protected: what both parties of a round agree on, and what each chooses for itself."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Protection:
    """`length`: bits of a code. `folds`: how many codes are laid on one another (exclusive or) to make it.

    `noise`: the share of a code's bits that are turned over at random (BLIP). `decoys`: invented people among the
    encoded, as a share of the real ones; the unit cannot tell them apart. Length, folds and noise must be equal in a
    round and stand in the file; decoys are each party's own affair and do not.

    Folding is what holds against graph matching: what two people share a share s of agrees as s to the power `folds`,
    so that one person told twice still stands out, and the many weak resemblances by which an attacker could recognise
    a whole list are lost in chance. The idea is that of XOR-folded Bloom filters (Schnell and Borgs 2016).
    """

    length: int = 4096
    folds: int = 3
    noise: float = 0.05
    decoys: float = 0.1

    def __post_init__(self) -> None:
        assert self.length > 0
        assert self.length % 64 == 0, "codes are compared in words of 64 bits"
        assert self.folds > 0
        assert 0 <= self.noise < 0.5
        assert 0 <= self.decoys <= 1


# ASSUMPTION, chosen on simulated lists: how much each costs and gains is measured in rehearsal/bench/across.
DEFAULT = Protection()
