"""What a fictional caseload is drawn from: the folder `caseload` of a pack, or a plain model where there is none."""

from safeconduct.packs.caseload.loading import load_caseload_model
from safeconduct.packs.caseload.records import OPEN, CaseloadModel

__all__ = ["OPEN", "CaseloadModel", "load_caseload_model"]
