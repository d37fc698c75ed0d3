"""The command line: a command a stage. Errors of ours end here, in one line."""

import io
import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer

from kg import __version__
from kg.cli import entity
from kg.cli.doors import export, html, load
from kg.cli.names import resolve
from kg.cli.papers import build, demo, extract, remove
from kg.cli.quality import evaluate
from kg.cli.questions import cypher, queries, query, stats
from kg.cli.show import show
from kg.errors import KgError
from kg.terminal import print_error, print_line

__all__ = ["app", "main"]

_STOPPED = 130  # by Ctrl-C, as usual, or by SIGTERM
_CANNOT = 1  # the exit code of our own errors; 2 is a wrong command line, as usual

app = typer.Typer(
    name="kg",
    help="A knowledge graph of machine-learning papers, made from abstracts alone.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
_COMMANDS = (
    demo, build, extract, show, evaluate, remove, query, queries, cypher, load, html, export,
    resolve, stats,
)  # fmt: skip
for command in _COMMANDS:
    app.command()(command)
app.add_typer(entity.app, name="entity", help="Look at an entity, and correct what it is.")


@app.callback(invoke_without_command=True)
def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        print_line(f"kg {__version__}")
        raise typer.Exit


def main() -> None:
    """Runs the command line; the only place where the process ends."""
    _prepare_streams()
    try:
        with _terminated_as_by_ctrl_c():
            app()
    except KgError as error:
        print_error(f"kg: {error}")
        sys.exit(_CANNOT)
    except OSError as error:  # of stdout; a file's is told by who opens it
        print_error(f"kg: cannot write: {error.strerror or error}")
        sys.exit(_CANNOT)
    except SystemExit as done:
        if done.code == _STOPPED:
            print_error("kg: stopped; what was finished is kept")
        raise
    finally:
        _flush()


@contextmanager
def _terminated_as_by_ctrl_c() -> Iterator[None]:
    """Inside, SIGTERM ends a command and its worker processes as Ctrl-C does; a second one kills.

    What somebody else has said of a signal stays.
    """
    taken: dict[signal.Signals, object] = {}
    if threading.current_thread() is threading.main_thread():
        usual = {signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL}
        taken = {one: does for one, does in usual.items() if signal.getsignal(one) is does}
    if signal.SIGINT in taken:
        signal.signal(signal.SIGINT, _stop)
    if signal.SIGTERM in taken:
        signal.signal(signal.SIGTERM, _terminate)
    try:
        yield
    finally:
        if signal.getsignal(signal.SIGINT) is not signal.SIG_DFL:  # it was not stopped
            for one, does in taken.items():
                signal.signal(one, does)  # type: ignore[arg-type]


def _stop(*_: object) -> None:
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    raise KeyboardInterrupt


def _terminate(*_: object) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, _stop)  # in the background it is ignored
    signal.raise_signal(signal.SIGINT)  # which waits while a worker process is started


def _prepare_streams() -> None:
    """Files and pipes get UTF-8; a sign that a terminal cannot show becomes a question mark."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            encoding = None if stream.isatty() else "utf-8"
            stream.reconfigure(encoding=encoding, errors="replace")


def _flush() -> None:
    """Writes what is left; a reader that has gone, as in `kg queries | head -1`, is no error."""
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            print_error(f"kg: cannot write: {error.strerror}")
            sys.exit(_CANNOT)
