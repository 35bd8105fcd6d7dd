"""PostgreSQL back at a marked moment: what was acknowledged until then is there, and nothing later."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from django.db import connection

from tests.depth import rounds
from tests.lost.clusters import PATIENCE, Cluster, running
from tests.lost.conftest import Place
from tests.lost.serving import manage

pytestmark = [pytest.mark.battery("B9"), pytest.mark.django_db]
WRITES = rounds(10, 200)
VERSIONS = "SELECT sequence, changes::text FROM commitments_event WHERE subject = 'update:%s' ORDER BY sequence"


def write(place: Place, times: int) -> list[int]:
    """Save a draft so often, each time upon the version before. The versions that were acknowledged."""
    update = place.updates[1]
    caller, at = place.caller(update["focal"]), f"updates/{update['key']}/"
    version, acknowledged = caller.get(at).body["version"], []
    for _ in range(times):
        answer = caller.write("PATCH", at, {"results": f"Version {version + 1}."}, version=version)
        assert answer.status == 200
        version = answer.body["version"]
        acknowledged.append(version)
    return acknowledged


def kept(cluster: Cluster, key: str) -> list[tuple]:
    return cluster.ask(VERSIONS % key)


def recovered(cluster: Cluster, archive: Path, moment: str) -> Cluster:
    """As the runbook has it: the base backup, told where the archive is and when to stop."""
    cluster.settings |= {
        "restore_command": f"cp {archive}/%f %p",
        "recovery_target_time": moment,
        "recovery_target_action": "promote",
        "archive_mode": "off",
    }
    (cluster.files / "recovery.signal").touch()
    return cluster


def test_a_database_brought_back_to_a_moment_has_what_was_acknowledged_until_then(prepared, request, tally):
    if connection.vendor != "postgresql":
        return  # SQLite has no archive: it goes back to a backup
    place = request.getfixturevalue("guarded")
    key, source, programs = place.updates[1]["key"], place.cluster, place.cluster.programs
    later = Cluster(programs, programs.new_folder(place.folder, "later"))
    where = ["-h", source.folder, "-p", source.port, "-U", "postgres"]
    first = write(place, WRITES)
    programs.run("pg_basebackup", *where, "-D", later.files, "--checkpoint=fast", cwd=later.folder)
    second = write(place, WRITES)
    [(moment,)] = source.ask("SELECT clock_timestamp()::text")
    until = kept(source, key)
    third = write(place, WRITES)
    all_is_archived(source)
    with running(recovered(later, place.folder.parent / "archive", moment)):
        wait_until(later, "SELECT NOT pg_is_in_recovery()")
        found = kept(later, key)
        verified = manage(later.url(), place.folder, "verify_chains")

    assert found == until
    assert [sequence for sequence, _ in found] == first + second
    assert len(third) == WRITES and not set(third) & {sequence for sequence, _ in found}
    assert verified.returncode == 0, verified.stderr
    tally(writes=3 * WRITES)


def all_is_archived(cluster: Cluster) -> None:
    [(name,)] = cluster.ask("SELECT pg_walfile_name(pg_switch_wal())")
    wait_until(cluster, f"SELECT last_archived_wal >= '{name}' FROM pg_stat_archiver")


def wait_until(cluster: Cluster, question: str) -> None:
    until = time.monotonic() + PATIENCE
    while cluster.ask(question) != [(True,)]:
        assert time.monotonic() < until, cluster.log()
        time.sleep(0.05)
