"""What the README shows is what happens: its commands and its Python are run, in their order."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("readme")


def shown_commands() -> list[tuple[str, str]]:
    """Each `$ kg ...` of the console blocks with the output that is shown below it."""
    text = "".join(body for language, body in BLOCKS if language == "console")
    return [
        (command, output)
        for command, output in re.findall(r"^\$ (kg .*)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE)
    ]


def run(command: str, folder: Path) -> str:
    kg = str(Path(sys.executable).with_name("kg"))
    words = [kg, *shlex.split(command)[1:]]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def without_padding(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.strip().splitlines())


def test_the_readme_shows_at_least_five_commands() -> None:
    assert len(shown_commands()) >= 5


def test_each_command_prints_what_the_readme_shows(folder: Path) -> None:
    for command, shown in shown_commands():
        printed = without_padding(run(command, folder))
        *whole, ellipsis = without_padding(shown).splitlines() or [""]
        if ellipsis == "...":
            assert printed.startswith("\n".join(whole)), command
        else:
            assert printed == without_padding(shown), command


def test_the_python_example_runs_and_prints_what_it_says(folder: Path) -> None:
    (code,) = [body for language, body in BLOCKS if language == "python"]
    promised = re.findall(r"^# (.+)$", code, re.MULTILINE)

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == promised


def test_every_command_of_kg_is_named() -> None:
    from kg.cli import app

    names = [command.callback.__name__ for command in app.registered_commands if command.callback]

    assert [
        name for name in names if f"`kg {name}" not in README and f"kg {name}" not in README
    ] == []


def test_local_links_and_pictures_lead_somewhere() -> None:
    targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", README)

    assert targets
    assert [target for target in targets if not (ROOT / target).exists()] == []
