"""The package as a user gets it: built, put into an empty environment, and shown to work."""

import os
import re
import subprocess
import sys
import time
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


def files_of(folder: str) -> set[str]:
    """The files of a folder of this checkout, with their paths in it."""
    top = ROOT / folder
    files = {path.relative_to(top).as_posix() for path in top.rglob("*") if path.is_file()}
    return {file for file in files if "__pycache__" not in file}


def test_the_wheel_holds_all_files_of_the_package_and_the_cypher_and_nothing_else(
    wheel: Path,
) -> None:
    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}

    package = {f"kg/{file}" for file in files_of("kg")}
    assert names == package | {f"kg/cypher/{file}" for file in files_of("cypher")}
    assert {"kg/py.typed", "kg/known.tsv", "kg/ledger.sql", "kg/sample/papers.jsonl"} <= names
    assert {"kg/cypher/schema.cypher", "kg/cypher/queries/leaderboard.cypher"} <= names
    assert {Path(name).suffix for name in names if "/explorer/" in name} >= {".css", ".html", ".js"}


def test_the_wheel_comes_with_its_licence_and_its_command(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        (licence,) = (name for name in archive.namelist() if name.endswith("/LICENSE"))
        (commands,) = (name for name in archive.namelist() if name.endswith("/entry_points.txt"))

        assert b"Apache License" in archive.read(licence)
        assert b"kg = kg.cli:main" in archive.read(commands)


def test_in_an_empty_environment_the_demonstration_runs_in_seconds(
    wheel: Path, tmp_path: Path
) -> None:
    environment, folder = tmp_path / "environment", tmp_path / "folder"
    folder.mkdir()
    venv.create(environment, with_pip=True)
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    pip = [environment / "bin" / "python", "-m", "pip", "install", "--quiet", wheel]
    subprocess.run(pip, env=plain, check=True, capture_output=True)

    started = time.perf_counter()
    done = subprocess.run(
        [environment / "bin" / "kg", "demo"], cwd=folder, env=plain, capture_output=True, check=True
    )
    took = time.perf_counter() - started

    out = done.stdout.decode()
    sys.stdout.write(f"kg demo: {took:.1f} s\n")
    assert done.stderr == b""
    assert out.startswith("48 records: 48 extracted\n")
    assert len(re.findall(r"^\d+ rows$", out, re.M)) == 2
    assert (folder / "explorer.html").stat().st_size > 100_000
    assert took < 30
