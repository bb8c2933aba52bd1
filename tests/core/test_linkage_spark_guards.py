"""What Spark writes to a disk is encrypted, and a session that is not is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

pytest.importorskip("pyspark", reason="Spark is not installed: make spark")

from pyspark.sql import SparkSession

from safeconduct.core.errors import SparkMissing, SparkUnguarded
from safeconduct.core.linkage import spark
from safeconduct.core.linkage.families import keys_of
from safeconduct.core.linkage.people import People, people_of
from safeconduct.core.linkage.records import LinkRecord
from safeconduct.core.linkage.spark import Spark

pytestmark = [
    pytest.mark.spark,
    # PySpark leaves the closing of its sockets to Python's collector.
    pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

# Compressed, nothing could be recognised, encrypted or not.
_PLAIN = {
    "spark.master": "local[1]",
    "spark.shuffle.compress": "false",
    "spark.shuffle.spill.compress": "false",
    "spark.rdd.compress": "false",
    "spark.driver.memory": "1g",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1",
}


@pytest.fixture
def people() -> People:
    return people_of(
        [LinkRecord(person_id=str(at), passport=f"P{7_000_000 + at // 2}") for at in range(400)]
    )


def test_nothing_that_spark_writes_can_be_read(
    people: People, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_clear, guarded = tmp_path / "in clear", tmp_path / "guarded"
    with Spark(_PLAIN | {"spark.local.dir": str(guarded)}) as engine:
        assert len(engine.candidates(people)) == 200
        assert _written(guarded) > 1_000
        assert _readable(people, guarded) == 0
    # That this would be seen: the same without the guards.
    monkeypatch.setattr(spark, "GUARDS", {"spark.io.encryption.enabled": "false"})
    with Spark(_PLAIN | {"spark.local.dir": str(in_clear)}) as engine:
        assert len(engine.candidates(people)) == 200
        assert _readable(people, in_clear) > 100
        monkeypatch.undo()
        for _ in ("as it was opened", "told since, which comes too late"):
            with pytest.raises(SparkUnguarded, match=r"spark\.io\.encryption\.enabled"):
                Spark()
            SparkSession.builder.config(map=spark.GUARDS).getOrCreate()
        # The session was another's as far as that engine could know: it goes on.
        assert len(engine.candidates(people)) == 200


@pytest.mark.parametrize(("host", "secure"), [("localhost", False), ("spark.example", True)])
def test_a_way_that_nobody_can_listen_to_is_taken(host: str, secure: bool) -> None:
    spark._check_wire(SimpleNamespace(_builder=SimpleNamespace(host=host, secure=secure)))


@pytest.mark.parametrize("way", [SimpleNamespace(host="spark.example", secure=False), None])
def test_a_server_elsewhere_without_tls_is_refused(way: object) -> None:
    with pytest.raises(SparkUnguarded, match="use_ssl"):
        spark._check_wire(SimpleNamespace(_builder=way))


def test_settings_take_no_guard_away() -> None:
    with Spark(_PLAIN | {"spark.io.encryption.enabled": "false"}) as engine:
        assert engine._session.conf.get("spark.io.encryption.enabled") == "true"


def test_without_java_it_is_said_how_to_get_it() -> None:
    script = "from safeconduct.core.linkage.spark import Spark; Spark()"
    kept = {name: os.environ[name] for name in ("HOME", "LANG") if name in os.environ}
    nowhere = {**kept, "PATH": "/nonexistent", "JAVA_HOME": "/nonexistent"}
    run = subprocess.run(
        [sys.executable, "-c", script],
        check=False,
        env=nowhere,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert f"{SparkMissing.__name__}: Spark cannot be started: Java 17 or newer" in run.stderr
    assert "default-jre-headless" in run.stderr


def _readable(people: People, folder: Path) -> int:
    """How many of the list's keys stand in the folder's files as Spark keeps a number in a row."""
    keys = {int(key).to_bytes(8, "little", signed=True) for key in keys_of(people).key}
    texts = [file.read_bytes() for file in folder.rglob("*") if file.is_file()]
    return sum(any(key in text for text in texts) for key in keys)


def _written(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
