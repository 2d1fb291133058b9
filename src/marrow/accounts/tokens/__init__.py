"""Personal tokens: a person lets a program of theirs use the API in their name.

A token holds at most what its person holds at that moment, is looked up at each call, and never
makes a session. Of its secret only a hash is kept.
"""
