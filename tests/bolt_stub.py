"""A server that speaks just enough Bolt to say what a test wants to hear.

It greets by the agent that it is given, knows any user, and answers every statement with nothing;
`answers` makes it fail or hang up where it gets a message of that name, or a statement of that
text.
"""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from neo4j._codec.packstream.v1 import PackableBuffer, Packer, UnpackableBuffer, Unpacker

MESSAGES = {
    0x01: "HELLO",
    0x02: "GOODBYE",
    0x0F: "RESET",
    0x10: "RUN",
    0x11: "BEGIN",
    0x12: "COMMIT",
    0x13: "ROLLBACK",
    0x2F: "DISCARD",
    0x3F: "PULL",
    0x54: "TELEMETRY",
    0x66: "ROUTE",
    0x6A: "LOGON",
    0x6B: "LOGOFF",
}
SUCCESS, IGNORED, FAILURE = b"\x70", b"\x7e", b"\x7f"
NONSENSE = b"\x0b"  # a signature that no message has


@dataclass(frozen=True)
class Failure:
    """The answer of a server that cannot do what it was asked for."""

    code: str
    message: str = "a message of the server\nand more of it"


class HangUp:
    """The answer of a server that ends without a word."""


class Nonsense:
    """The answer of a server that has gone mad."""


Answer = Failure | HangUp | Nonsense


@dataclass
class Stub:
    """A server as a test sees it."""

    port: int
    heard: list[tuple[str, list[object]]] = field(default_factory=list)  # messages with their parts

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.port}"

    @property
    def names(self) -> list[str]:
        """The names of what it has heard."""
        return [name for name, _ in self.heard]

    def begun(self) -> list[dict[str, object]]:
        """What each transaction was opened with."""
        return [dict(parts[0]) for name, parts in self.heard if name == "BEGIN"]


@contextmanager
def bolt_stub(
    agent: str = "Neo4j/5.26.30",
    *,
    version: tuple[int, int] = (5, 4),
    answers: Mapping[str, Answer] | None = None,
) -> Iterator[Stub]:
    """A server with this agent and version of Bolt."""

    def serve(connection: socket.socket) -> None:
        connection.recv(20, socket.MSG_WAITALL)
        connection.sendall(bytes((0, 0, version[1], version[0])))
        _answer(connection, agent, answers or {}, stub.heard)

    with listener(serve) as port:
        stub = Stub(port)
        yield stub


@contextmanager
def listener(serve: Callable[[socket.socket], None]) -> Iterator[int]:
    """The port of a server that does so with each connection."""

    def one(connection: socket.socket) -> None:
        with suppress(OSError, ValueError, KeyError), connection:  # whatever a stranger sends
            serve(connection)

    def accept() -> None:
        with suppress(OSError):
            while True:
                connection, _ = server.accept()
                threading.Thread(target=one, args=(connection,), daemon=True).start()

    with socket.create_server(("127.0.0.1", 0)) as server:
        accepting = threading.Thread(target=accept, daemon=True)
        accepting.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        accepting.join()


def _answer(
    connection: socket.socket,
    agent: str,
    answers: Mapping[str, Answer],
    heard: list[tuple[str, list[object]]],
) -> None:
    greeting = {"server": agent, "connection_id": "bolt-1", "hints": {}}
    failed = False
    while message := _read(connection):
        name, parts = message
        heard.append(message)
        failed = failed and name != "RESET"
        match answers.get(str(parts[0]) if name == "RUN" else name):
            case HangUp():
                return
            case Nonsense():
                _send(connection, NONSENSE, {})
            case Failure(code, words) if not failed:
                _send(connection, FAILURE, {"code": code, "message": words})
                failed = True
            case _:
                said = greeting if name == "HELLO" else {"fields": ["1"]} if name == "RUN" else {}
                _send(connection, IGNORED if failed else SUCCESS, said)


def _read(connection: socket.socket) -> tuple[str, list[object]] | None:
    """The name and the parts of the next message, or None at the end."""
    data = b""
    while size := int.from_bytes(_exactly(connection, 2), "big"):
        data += _exactly(connection, size)
    if not data:
        return None
    unpacker = Unpacker(UnpackableBuffer(data))
    count, signature = unpacker.unpack_structure_header()
    return MESSAGES[signature[0]], [unpacker.unpack() for _ in range(count)]


def _exactly(connection: socket.socket, size: int) -> bytes:
    return connection.recv(size, socket.MSG_WAITALL)


def _send(connection: socket.socket, signature: bytes, content: dict[str, object]) -> None:
    buffer = PackableBuffer()
    Packer(buffer).pack_struct(signature, [content])
    connection.sendall(len(buffer.data).to_bytes(2, "big") + bytes(buffer.data) + b"\0\0")
