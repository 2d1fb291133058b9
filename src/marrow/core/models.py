"""What every room stands on: records, the journal's tables, keys of secrets, jobs."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q


def kept(value: Any) -> Any:
    """A value as it is now, safe from later changes in place (JSON columns)."""
    if isinstance(value, dict):
        return {name: kept(one) for name, one in value.items()}
    if isinstance(value, list):
        return [kept(one) for one in value]
    return value


class Record(models.Model):
    """A row of the domain. Its id can be chosen on a phone; its changes go through the journal.

    Journalled models have no database defaults, cascades, `auto_now` or implicit many-to-many
    (a test holds this), so that one generic fold rebuilds any table.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    #: the values as they were read, by column; what `journal` compares with
    as_read: dict[str, Any]

    # Django 5.2 has no `fetch_mode` yet, its stubs have
    @classmethod
    def from_db(  # type: ignore[override]
        cls, db: str | None, field_names: Any, values: Any
    ) -> Self:
        row = super().from_db(db, field_names, values)
        told = row.__dict__
        row.as_read = {
            name: kept(told[name]) if isinstance(told[name], (dict, list)) else told[name]
            for name in field_names
        }
        return row


class Operation(models.Model):
    """One change of one record: the journal's line. Only its number is ever added to it.

    `changes` is exact text, {column: [before, after]}; the seal runs over it as stored. `mac` is
    the line's own seal, given as it is written (`journal/sealing.py`).
    """

    CREATE = "create"
    SET = "set"
    DELETE = "delete"

    id = models.BigAutoField(primary_key=True)
    feed = models.BigIntegerField(null=True, unique=True)
    act = models.UUIDField()
    action = models.CharField(max_length=60)
    kind = models.CharField(max_length=8)
    model = models.CharField(max_length=60)
    record = models.UUIDField()
    changes = models.TextField()
    by = models.UUIDField(null=True)
    at = models.DateTimeField()
    via = models.CharField(max_length=12)
    origin = models.UUIDField(null=True)
    origin_q = models.BigIntegerField(null=True)
    scope = models.CharField(max_length=60)
    note = models.TextField(blank=True)
    undoes = models.UUIDField(null=True)
    mac = models.CharField(max_length=80, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["model", "record", "id"], name="operation_record"),
            models.Index(fields=["act"], name="operation_act"),
            models.Index(fields=["scope", "feed"], name="operation_scope"),
            models.Index(fields=["id"], name="operation_unnumbered", condition=Q(feed=None)),
            models.Index(fields=["undoes"], name="operation_undoes", condition=~Q(undoes=None)),
        ]

    def __str__(self) -> str:
        return f"{self.feed} {self.action} {self.model} {self.record}"


class Seal(models.Model):
    """A keyed hash over at most 500 numbered operations, chained to the seal before."""

    first = models.BigIntegerField(unique=True)
    last = models.BigIntegerField(unique=True)
    mac = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.first}–{self.last}"


class FeedCounter(models.Model):
    """One row: the last number given, sealed."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    number = models.BigIntegerField()
    mac = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return str(self.number)


class RecordKey(models.Model):
    """The key of one record's secrets. Destroying it erases them, here and in the journal."""

    record = models.UUIDField(primary_key=True)
    wrapped = models.TextField()

    def __str__(self) -> str:
        return str(self.record)


class Job(models.Model):
    """Work for a worker: leased, kept alive by a heartbeat, tried again, at last set aside."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"
    DEAD = "dead"
    OPEN: ClassVar = (QUEUED, RUNNING)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    again = models.BooleanField(default=False)  # asked for anew while it was running
    not_before = models.DateTimeField()
    leased_until = models.DateTimeField(null=True)
    worker = models.CharField(max_length=80, blank=True)
    error = models.TextField(blank=True)
    queued_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "not_before"], name="job_ready")]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"],
                condition=Q(state__in=["queued", "running"]),
                name="one_open_job_per_key",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state}"

    @property
    def last_line(self) -> str:
        """What it failed with, without the trace."""
        return (self.error.strip().splitlines() or [""])[-1][:300]


class Backup(Record):
    """A backup that was taken: its file, its fingerprint, how many rows it holds."""

    taken_at = models.DateTimeField()
    file = models.CharField(max_length=120)
    folder = models.TextField()
    database = models.CharField(max_length=12)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    rows = models.BigIntegerField()
    head = models.CharField(max_length=120)

    def __str__(self) -> str:
        return self.file


class Drill(Record):
    """A backup was restored to a place of its own and compared; `faults` is empty when whole.

    `moment` stands where it was no backup but the base and the log of one moment.
    """

    done_at = models.DateTimeField()
    file = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    taken_at = models.DateTimeField(null=True)
    moment = models.DateTimeField(null=True)
    rows = models.BigIntegerField(null=True)
    head = models.CharField(max_length=120, blank=True)
    faults = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.file


class CacheLine(models.Model):
    """What is remembered for minutes, as failures to sign in: for every process alike."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.cache_key


class Answered(models.Model):
    """What a request with a key was answered with; the same one again is answered so, for a day."""

    person = models.UUIDField()
    key = models.CharField(max_length=200)
    asked = models.CharField(max_length=64)  # fingerprint of what was asked
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.BinaryField(default=bytes)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "key"], name="a_key_is_used_once")]

    def __str__(self) -> str:
        return self.key
