"""What phones record, on its way to the same actions that the pages call."""

from marrow.activity.sync import kept, months, pictures, records, told, visits, voices

__all__ = ["kept", "months", "pictures", "records", "told", "visits", "voices"]
