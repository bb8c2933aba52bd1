"""The main job, end to end, over facts alone: pleas to households to seats to homes, and nobody lost on the way.

The records are here and cost nothing to import; `main_job.run.run` brings the engines with it.
"""

from safeconduct.core.main_job.records import Cover, Double, Held, MainJob

__all__ = ["Cover", "Double", "Held", "MainJob"]
