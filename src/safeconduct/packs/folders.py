"""Where packs are: those that ship with the product, and folders of your own."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from safeconduct.core.errors import UnknownPack
from safeconduct.packs.located import did_you_mean

Folder = Path | Traversable


def available() -> tuple[str, ...]:
    """The ids of the packs that ship with the product."""
    shipped = files("safeconduct.packs").iterdir()
    return tuple(sorted(_pack_id(each.name) for each in shipped if _is_pack(each)))


def folder_of(code_or_path: str | Path) -> Folder:
    """The folder of a shipped pack (its id, such as "afghanistan-2021"), or a folder of your own.

    Raises UnknownPack where there is neither.
    """
    name = str(code_or_path)
    if _pack_id(name) in available():
        return files("safeconduct.packs").joinpath(_pack_id(name).replace("-", "_"))
    if Path(name).is_dir():
        return Path(name)
    near = did_you_mean(_pack_id(name), available(), what="The packs that ship are")
    raise UnknownPack(name=name, advice=f"{near} Or give the path of a folder of your own.")


def _pack_id(name: str) -> str:
    return name.strip().lower().replace("_", "-")


def _is_pack(folder: Traversable) -> bool:
    return folder.is_dir() and folder.joinpath("operation.yaml").is_file()
