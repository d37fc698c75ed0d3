"""Tables that users write: tab-separated text with a head, read with the line of each row."""

from collections.abc import Iterator
from pathlib import Path

from kg.errors import CorrectionError


def read_table(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Each row of a table that says something, the head among them, with its line.

    There is none where there is no file.

    Raises: CorrectionError if the file cannot be read, or is not UTF-8.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return
    except UnicodeDecodeError as error:
        raise CorrectionError(f"{path}: is not UTF-8; save it as UTF-8") from error
    except OSError as error:
        raise CorrectionError(f"{path}: cannot be read: {error.strerror}") from error
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        if any(cells):
            yield number, cells
