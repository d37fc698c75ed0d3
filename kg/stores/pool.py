"""Transactions side by side."""

from collections import Counter, deque
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event

from kg.stores.bolt import Neo4jStore
from kg.stores.writing import Job

_SESSIONS = 2  # more wait for each other where papers name the same things


def run_all(store: Neo4jStore, jobs: Iterable[Job]) -> Counter[str]:
    """Runs each job in a transaction of its own; what all together changed.

    Jobs are taken as they are needed, by this thread. The first that fails ends all.
    """
    changes: Counter[str] = Counter()
    running: deque[Future[Counter[str]]] = deque()
    has_failed = Event()

    def run(job: Job) -> Counter[str]:
        if has_failed.is_set():  # else it would be tried for seconds after a server that has gone
            return Counter()
        try:
            return store.transact(job)
        except BaseException:
            has_failed.set()
            raise

    with ThreadPoolExecutor(_SESSIONS) as pool:
        try:
            for job in jobs:
                if len(running) > _SESSIONS:
                    changes += running.popleft().result()
                running.append(pool.submit(run, job))
            for future in running:
                changes += future.result()
        finally:
            pool.shutdown(cancel_futures=True)
    return changes
