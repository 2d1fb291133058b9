"""The phone's envelope: installations and what each sent, byte for byte."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from marrow.accounts.devices import device_called


class Installation(models.Model):
    """One app on one phone, of one person; its counter has no gaps and its hashes are chained."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    account = models.UUIDField()
    name = models.CharField(max_length=80, blank=True)
    token_sha256 = models.CharField(max_length=64, unique=True)  # the phone keeps the token
    last_q = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=32, blank=True)
    app = models.CharField(max_length=20, blank=True)
    skew_seconds = models.BigIntegerField(null=True)
    seen_at = models.DateTimeField()
    unsent = models.PositiveIntegerField(null=True)  # as it told when it was seen; None: it did not
    pictures = models.PositiveIntegerField(null=True)  # photographs that are on it alone, likewise
    forked_at = models.DateTimeField(null=True)  # another copy of it sent under its numbers
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)
    signs_with = models.CharField(max_length=88, blank=True)  # base64 of its P-256 point

    def __str__(self) -> str:
        return str(self.id)

    @property
    def called(self) -> str:
        """Its name for people; phones once got what their browser calls itself as their name."""
        named = self.name and not self.name.startswith("Mozilla/")
        return self.name if named else device_called(self.name)


class Receipt(models.Model):
    """One intent as it arrived: exact bytes, hash, and what became of it."""

    class Outcome(models.TextChoices):
        NEW = "NEW", _("new")
        IDENTICAL = "IDENTICAL", _("identical")
        MERGED = "MERGED", _("merged")
        CONFLICT = "CONFLICT", _("conflict")
        QUARANTINED = "QUARANTINED", _("set aside")

    id = models.BigAutoField(primary_key=True)
    installation = models.ForeignKey(
        Installation, on_delete=models.PROTECT, related_name="receipts"
    )
    q = models.BigIntegerField()
    line = models.BinaryField()
    hash = models.CharField(max_length=32)
    outcome = models.CharField(max_length=12, choices=Outcome.choices)
    why = models.CharField(max_length=120, blank=True)
    received_at = models.DateTimeField()
    settled_by = models.UUIDField(null=True)  # who left it as it is, or had it taken after all
    settled_at = models.DateTimeField(null=True)
    mission = models.UUIDField(null=True)  # whose office looks after it, where it was set aside
    urgent = models.BooleanField(default=False)  # set aside, and a call that nobody else hears
    #: by name of what two sides told differently when it came: whether its phone has told nothing
    #: later of it. None: nobody noted it, then each of its names may be one
    parted = models.JSONField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["installation", "q"], name="an_intent_arrives_once")
        ]
        indexes = [
            models.Index(fields=["outcome", "settled_at"], name="lines_that_wait"),
            models.Index(
                fields=["settled_at"], name="lines_settled",
                condition=models.Q(settled_at__isnull=False),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.installation_id} {self.q}"

    @property
    def names_parted(self) -> frozenset[str] | None:
        """On which values two sides differ; of a line of which its phone told all anew, on which
        they did. None where nobody noted it."""
        if self.parted is None:
            return None
        return frozenset(name for name in self.parted if self.told_anew or self.parted[name])

    @property
    def told_anew(self) -> bool:
        """Whether its phone told anew all on which two sides differed: nobody has to choose."""
        parted: dict[str, bool] = self.parted or {}
        return bool(parted) and not any(parted.values())


class Upload(models.Model):
    """A file on its way from phones, named by what it will be: two phones send one file once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    installation = models.ForeignKey(Installation, on_delete=models.PROTECT, related_name="uploads")
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()  # bytes
    held = models.PositiveIntegerField(default=0)  # bytes of it that are on the disk
    begun_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)
    ended_at = models.DateTimeField(null=True)
    refused = models.CharField(max_length=8, blank=True)  # whole, and no picture: why

    def __str__(self) -> str:
        return self.sha256


class SentFile(models.Model):
    """A picture that a phone sent, drawn anew; its file beside the database is sealed."""

    id = models.UUIDField(primary_key=True, editable=False)  # its upload's
    sent_sha256 = models.CharField(max_length=64, unique=True)  # as the phone has it: its name
    sha256 = models.CharField(max_length=64)  # of the sealed file
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.sent_sha256


class Carried(models.Model):
    """A phone's file that somebody brought by hand, and what was in it that time."""

    id = models.BigAutoField(primary_key=True)
    installation = models.ForeignKey(Installation, on_delete=models.PROTECT, related_name="carried")
    sha256 = models.CharField(max_length=64)
    first = models.BigIntegerField()  # the number of its first line
    lines = models.PositiveIntegerField()
    fresh = models.PositiveIntegerField()  # not here before
    aside = models.PositiveIntegerField()  # of the fresh ones, those that a person looks at
    ack = models.BigIntegerField()  # the last number held when it was taken
    missing = models.BigIntegerField(default=0)  # lines before its first that never came
    answer = models.BinaryField()  # the receipt for the phone, which it alone can open
    brought_by = models.UUIDField()
    brought_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.installation_id} {self.first}"

    @property
    def last(self) -> int:
        """The number of its last line."""
        return self.first + self.lines - 1

    @property
    def known(self) -> int:
        """Its lines that were here before; nothing behind a gap is."""
        return 0 if self.missing else self.lines - self.fresh


class Epoch(models.Model):
    """One row: this life of the server. Another begins when it is found to have been set back."""

    id = models.PositiveSmallIntegerField(primary_key=True)
    name = models.UUIDField(default=uuid.uuid4)
    begun_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.name)


class Loss(models.Model):
    """What we had acknowledged to a phone and hold no more: a backup was put back. The phone
    sends it again; `made_good_at` is when the last of it was here once more."""

    id = models.BigAutoField(primary_key=True)
    installation = models.ForeignKey(Installation, on_delete=models.PROTECT, related_name="losses")
    had = models.BigIntegerField()
    held = models.BigIntegerField()
    found_at = models.DateTimeField()
    made_good_at = models.DateTimeField(null=True)
    let_be_by = models.UUIDField(null=True)  # who said that it will never come

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["installation"], condition=models.Q(made_good_at=None),
                name="one_open_loss_a_phone",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.installation_id} {self.held}–{self.had}"


class Shelf(models.Model):
    """A list as phones were given it, by its fingerprint: the fingerprint of each of its rows, so
    that only what changed is sent to whoever holds it."""

    mark = models.CharField(primary_key=True, max_length=16)
    rows = models.JSONField()
    given_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.mark
