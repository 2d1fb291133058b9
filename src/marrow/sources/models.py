"""Where every fact comes from, what is doubted, and what waits for a person."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from marrow.core.fields import PartialDateField
from marrow.core.models import Record
from marrow.core.words import colon


class Document(Record):
    """Something that was read: a news page, a register, a data set, a paper from the office."""

    class Kind(models.TextChoices):
        NEWS = "NEWS", _("news page")
        DATASET = "DATASET", _("data set")
        REGISTER = "REGISTER", _("register")
        PAPER = "PAPER", _("paper")

    key = models.CharField(max_length=120, unique=True)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    title = models.CharField(max_length=400)
    language = models.CharField(max_length=8, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    chain = models.CharField(max_length=300, blank=True)  # who told whom: NHC → Xinhua → …
    address = models.CharField(max_length=500, blank=True)
    published_on = PartialDateField()
    read_on = models.DateField()
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Quote(Record):
    """At most one clause of a document, in its own words, and where it stands."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="quotes")
    text = models.CharField(max_length=300)
    place = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "place", "text"], name="a_quote_is_kept_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Fact(Record):
    """One value that a source gives for one field of one record, as precisely as it gives it.

    Several facts may tell of one field. `standing` says which one the record shows; nothing is
    silently chosen: the others stay beside it.
    """

    class Precision(models.TextChoices):
        EXACT = "", _("as printed")
        ABOUT = "ABOUT", _("about")
        NEARLY = "NEARLY", _("nearly")
        OVER = "OVER", _("over")
        UP_TO = "UP_TO", _("up to")
        AT_LEAST = "AT_LEAST", _("at least")

    class Standing(models.TextChoices):
        SHOWN = "SHOWN", _("shown here")
        ALSO = "ALSO", _("also told")
        CLAIM = "CLAIM", _("published claim")
        REJECTED = "REJECTED", _("not retained")

    about_model = models.CharField(max_length=60)  # "missions.mission"
    about = models.UUIDField()
    field = models.CharField(max_length=40)  # a column, or a measure: visits, population …
    value = models.CharField(max_length=300)
    number = models.DecimalField(max_digits=20, decimal_places=4, null=True)
    unit = models.CharField(max_length=40, blank=True)
    precision = models.CharField(max_length=10, choices=Precision.choices, blank=True)
    incomplete = models.BooleanField(default=False)  # 据不完全统计
    scope = models.CharField(max_length=200, blank=True)
    period = models.CharField(max_length=40, blank=True)  # "1968/2023"
    as_of = PartialDateField()
    derived = models.CharField(
        max_length=200, blank=True
    )  # "CODE|name=value": how it was worked out
    standing = models.CharField(max_length=10, choices=Standing.choices)
    quote = models.ForeignKey(Quote, on_delete=models.PROTECT, related_name="facts")

    class Meta:
        indexes = [models.Index(fields=["about", "field"], name="fact_about")]

    def __str__(self) -> str:
        return f"{self.field}{colon()}{self.value}"


class Finding(Record):
    """A doubt that the software has, until a person accepts or dismisses it.

    `params` fill the sentence of the code in the reader's language; `effect` is what accepting
    does: {"field": …, "value": …} for the record it is about, or nothing.
    """

    class State(models.TextChoices):
        OPEN = "OPEN", _("open")
        ACCEPTED = "ACCEPTED", _("accepted")
        DISMISSED = "DISMISSED", _("dismissed")

    key = models.CharField(max_length=80, unique=True)  # the same doubt is raised once
    code = models.CharField(max_length=40)
    about_model = models.CharField(max_length=60)
    about = models.UUIDField()
    field = models.CharField(max_length=40, blank=True)
    params = models.JSONField(default=dict)
    effect = models.JSONField(default=dict)
    quotes = models.JSONField(default=list)  # ids of Quote
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    raised_at = models.DateTimeField()
    decided_by = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "code"], name="finding_state"),
            models.Index(fields=["about"], name="finding_about"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.state}"


class WorkItem(Record):
    """Something that waits for a person; *Today* is made of them."""

    key = models.CharField(max_length=80, unique=True)
    code = models.CharField(max_length=40)
    about_model = models.CharField(max_length=60)
    about = models.UUIDField()
    params = models.JSONField(default=dict)
    role = models.CharField(max_length=12)
    due_on = models.DateField(null=True)
    opened_at = models.DateTimeField()
    done_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["role", "due_on"], name="work_open", condition=Q(done_at=None))
        ]

    def __str__(self) -> str:
        return self.code


class Intake(models.Model):
    """One file on its way in: what it is, how its columns map, how far it has come.

    Not a record of the domain but its waiting room: what it brings in is journalled by the
    action of the room that takes it.
    """

    class State(models.TextChoices):
        UPLOADED = "UPLOADED", _("uploaded")
        PREVIEWED = "PREVIEWED", _("checked")
        RUNNING = "RUNNING", _("importing")
        DONE = "DONE", _("imported")
        CANCELLED = "CANCELLED", _("stopped")
        FAILED = "FAILED", _("refused")

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    title = models.CharField(max_length=400, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    header = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    message = models.TextField(blank=True)
    rows = models.PositiveIntegerField(default=0)
    position = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)
    told = models.JSONField(default=dict)  # rows not taken or doubtful, by the code of the reason
    by = models.UUIDField(null=True)
    document = models.UUIDField(null=True)
    uploaded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-uploaded_at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class RowProblem(models.Model):
    """A row of a file that was not taken, and why."""

    id = models.BigAutoField(primary_key=True)
    intake = models.ForeignKey(Intake, on_delete=models.CASCADE, related_name="problems")
    row = models.PositiveIntegerField()
    column = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=40)
    params = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.row}: {self.code}"
