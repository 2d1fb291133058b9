"""What every room's `api.py` stands on: the lock of an operation, problems, pages, versions.

An operation is a page without a page: it names its lock, calls the same query or action, and
answers plain values. What goes wrong has one shape (RFC 9457), whoever found it.
"""
