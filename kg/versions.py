"""Digests of files: what is made by other code, lists or pipelines is made again."""

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path


@cache
def digest_of(*parts: str, of: str = "") -> str:
    """Sixteen hex digits that change when a part of the package does, or the library `of`.

    A part is a path in the package, such as `known.tsv` or `extract`; of a folder all files count
    that lie in it, but not those of its folders.
    """
    whole = hashlib.sha256(version(of).encode() if of else b"")
    for part in parts:
        place = files("kg").joinpath(part)
        inner = [place] if place.is_file() else [one for one in place.iterdir() if one.is_file()]
        for file in sorted(inner, key=lambda one: one.name):
            whole.update(file.read_bytes())
    return whole.hexdigest()[:16]


def digest_of_files(*paths: Path) -> str:
    """Sixteen hex digits of some files, or "" if none of them is there."""
    whole = hashlib.sha256()
    there = [path for path in paths if path.exists()]
    for path in there:
        whole.update(f"{path.name}\n{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()[:16] if there else ""


def digest_of_folder(folder: Path) -> str:
    """Sixteen hex digits of all files in a folder and in its folders, and of where they lie there.

    A folder that is not there is like an empty one.
    """
    whole = hashlib.sha256()
    inner = ((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*"))
    for name, path in sorted(inner):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            whole.update(f"{name}\n{content}\n".encode())
    return whole.hexdigest()[:16]
