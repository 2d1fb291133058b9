"""What forms leave behind: what was done of them, and what was written and never arrived.

Neither is a record of the domain: they last hours, and stand outside the journal.
"""

from __future__ import annotations

import uuid

from django.db import models


class Done(models.Model):
    """A form that was acted on: the same one sent again gets this answer, and nothing is done.

    Written in the transaction of what it did, so that it exists exactly when that does.
    """

    key = models.CharField(max_length=64, primary_key=True)
    person = models.UUIDField()
    at = models.DateTimeField(db_index=True)
    location = models.TextField(blank=True)
    #: a page that was answered instead of an address, under the house's key
    sealed_page = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.location


class Unsent(models.Model):
    """What somebody wrote when their session had ended; theirs alone, for an hour."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.UUIDField(db_index=True)
    at = models.DateTimeField(db_index=True)
    #: where the form was sent to, and the page on which it stood ('' where the browser hid it)
    path = models.TextField()
    stood_on = models.TextField(blank=True)
    sealed_words = models.TextField()

    def __str__(self) -> str:
        return self.path
