"""A fictional caseload with the truth about it: made by `simulate`, judged in truth by `true_needs`."""

from safeconduct.rehearsal.caseload.records import Caseload, SimulatedPlea, TrueFamily
from safeconduct.rehearsal.caseload.simulating import simulate
from safeconduct.rehearsal.caseload.truth import true_needs

__all__ = ["Caseload", "SimulatedPlea", "TrueFamily", "simulate", "true_needs"]
