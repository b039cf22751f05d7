"""Bringing a published site to another machine: over SSH, or into an object store. Knows files and readers, nothing of the register.

`sending.py` is the one way to do it; `over_ssh.py` and `object_store.py` are the two kinds of place. Decision 0144.
"""
