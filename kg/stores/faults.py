"""What the driver and the server report of a failure, told in one line with what helps."""

import re
import socket
import ssl
from collections.abc import Iterator

from neo4j._exceptions import BoltError
from neo4j.exceptions import (
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
    UnsupportedServerProduct,
    WriteServiceUnavailable,
)

from kg.errors import KgError, QueryError, StoreError
from kg.stores.connection import OLDEST
from kg.stores.protocol import TOO_LONG

# Besides the errors that it documents the driver lets out BoltError for an answer that is no Bolt,
# ValueError for a host or a port that cannot be, and what Python says of a parameter that Bolt has
# no type for.
REPORTED = (DriverError, Neo4jError, BoltError)
FAULTS = (*REPORTED, ValueError, TypeError, OverflowError)

_ABOUT_THE_QUESTION = re.compile(r"Neo\.\w+\.(Statement|Procedure|Transaction)\.")
_TIMED_OUT = re.compile(r"\.TransactionTimedOut(ClientConfiguration)?$")
_MEMORY = "server.memory.heap.max_size and dbms.memory.transaction.total.max"
_MEMORY_SETTING = re.compile(r"\b(?:dbms|db|server)\.memory\.[a-z_.]*[a-z]")
_MISNAMED = (62, 64)  # OpenSSL: the certificate is for another host name, or another IP address
_ANSWERS = (  # the end of a server's code, and what to make of it
    (
        r"Security\.AuthenticationRateLimit",
        "{uri} refuses this user after too many wrong passwords; wait a while, "
        "then check NEO4J_PASSWORD",
    ),
    (
        r"Security\.CredentialsExpired",
        "{uri}: this password must be changed first, as one that Neo4j came with; do so in its "
        "browser or by cypher-shell",
    ),
    (
        r"Security\.(Unauthorized|AuthorizationFailed|TokenExpired|AuthProvider\w+)",
        "{uri} refuses this user and password; check --user and NEO4J_PASSWORD",
    ),
    (
        r"Security\.Forbidden",
        "{uri}: this user may not do that; let it read and write there, or name another with "
        "--user ({message})",
    ),
    (
        r"Database\.DatabaseNotFound",
        "{uri} has no database {database}; name another with --database",
    ),
    (
        r"(ForbiddenOnReadOnlyDatabase|WriteOnReadOnlyAccessDatabase|General\.ReadOnly)",
        "{uri}: the database {database} can only be read; name another with --database",
    ),
    (
        r"Schema\.ConstraintValidationFailed",
        "{uri}: {message}; kg has not made that node: give it another id or label, or load into "
        "another database",
    ),
    (
        r"Cluster\.NotALeader",
        "{uri}: this server of a cluster takes no writes; write neo4j:// for bolt://, which finds "
        "the one that does",
    ),
    (
        r"\w*(OutOfMemory|MemoryLimit)\w*",
        "{uri}: the server ran out of memory; raise {memory} there",
    ),
    (
        r"Transaction\.(DeadlockDetected|LockAcquisitionTimeout)",
        "{uri}: somebody else writes there at the same time; try again when that is done",
    ),
    (
        r"(DatabaseUnavailable|Transaction\.Terminated|LockClientStopped)",
        "{uri}: the database {database} is stopping or starting; try again when it is up",
    ),
)


def explained(error: Exception, uri: str, database: str | None = None) -> KgError:
    """What to tell of an error that came of speaking with the server at `uri`."""
    if isinstance(error, WriteServiceUnavailable) and isinstance(error.__context__, Neo4jError):
        error = error.__context__  # why one server takes no writes, which a cluster might
    if isinstance(error, Neo4jError):
        return _of_the_server(error, uri, database)
    causes = list(_causes(error))
    return (
        _of_encryption(causes, uri)
        or _of_the_address(causes, uri)
        or _of_the_connection(error, uri)
        or _of_the_parameters(error, uri)
    )


def _of_the_server(error: Neo4jError, uri: str, database: str | None) -> KgError:
    code, message = error.code or "", _first_line(error.message or "")
    if _TIMED_OUT.search(code):
        return QueryError(TOO_LONG)
    for pattern, answer in _ANSWERS:
        if re.search(rf"\.{pattern}$", code):
            memory = _MEMORY_SETTING.search(error.message or "")
            return StoreError(
                answer.format(
                    uri=uri,
                    database=database or "of this user",
                    message=message,
                    memory=memory.group() if memory else _MEMORY,
                )
            )
    if _ABOUT_THE_QUESTION.match(code):
        return QueryError(message)
    return StoreError(f"{uri}: {message}")


def _of_encryption(causes: list[BaseException], uri: str) -> KgError | None:
    for cause in causes:
        if isinstance(cause, ssl.SSLCertVerificationError):
            if cause.verify_code in _MISNAMED:
                return StoreError(
                    f"{uri}: the certificate is another server's; write the name that it is for"
                )
            return StoreError(
                f"{uri}: the certificate is not trusted ({cause.verify_message}); name the "
                "authority that signed it with --ca-certificate"
            )
    if any(isinstance(cause, ssl.SSLError) or _says(cause, "encrypted") for cause in causes):
        return StoreError(f"{uri} does not answer encrypted; write it without +s or +ssc")
    return None


def _of_the_address(causes: list[BaseException], uri: str) -> KgError | None:
    if any(
        isinstance(cause, socket.gaierror) or _says(cause, "Cannot resolve") for cause in causes
    ):
        return StoreError(f"{uri}: there is no such host or port; check the address")
    if any(_says(cause, "looks like HTTP") for cause in causes):
        return StoreError(f"{uri} answers in HTTP; write the port of Bolt, which usually is 7687")
    if any(isinstance(cause, UnsupportedServerProduct) for cause in causes):
        return StoreError(f"{uri} is no Neo4j {OLDEST} or later, which kg needs; check the port")
    if any(_says(cause, "handshake") for cause in causes):
        return StoreError(
            f"{uri} does not answer in Bolt; check the port, or write bolt+s:// if it is encrypted"
        )
    return None


def _of_the_connection(error: Exception, uri: str) -> KgError | None:
    if isinstance(error, IncompleteCommit) or _says(error, "defunct"):
        return StoreError(f"{uri} broke the connection off; try again when Neo4j is up")
    if isinstance(error, ServiceUnavailable | SessionExpired | OSError):
        return StoreError(f"cannot reach {uri}; is Neo4j running there?")
    if isinstance(error, DriverError | BoltError):
        return StoreError(f"{uri}: {_first_line(str(error))}")
    return None


def _of_the_parameters(error: Exception, uri: str) -> KgError:
    return QueryError(f"{uri}: {_first_line(str(error))}")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error`, then whatever it came of."""
    yield error
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _causes(one)
    if error.__cause__ is not None:
        yield from _causes(error.__cause__)


def _says(error: BaseException, words: str) -> bool:
    return words in str(error)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0]
