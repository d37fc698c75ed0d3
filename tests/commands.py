"""The command line for tests: run in this process, which is quick, or in one of its own."""

import io
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from kg.cli import main

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
SAMPLE = ROOT / "kg" / "sample" / "papers.jsonl"
PAGES = sorted(map(str, (SHARED / "papers").glob("daily_papers_*.txt")))
COMMAND = [sys.executable, "-W", "error", "-c", "from kg.cli import main; main()"]


@dataclass(frozen=True)
class Done:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def last_error(self) -> str:
        """The last line on stderr."""
        return self.err.splitlines()[-1]


def kg(*words: object) -> Done:
    """Runs `kg words...` in this process."""
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    code = 0
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "argv", ["kg", *map(str, words)]),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Done(code, *(_written(stream) for stream in (out, err)))


def kg_process(*words: object, **options: object) -> Done:
    """Runs `kg words...` in a process of its own; warnings are errors there, too."""
    done = subprocess.run(
        [*COMMAND, *map(str, words)],
        **{"env": environment(), "stdin": subprocess.DEVNULL, "timeout": 120} | options,
        capture_output=True,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def environment(**more: str) -> dict[str, str]:
    """The variables of a process that imports `kg` from this checkout, and is told nothing else."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**plain, "PYTHONPATH": str(ROOT), **more}


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()
