"""Brings a published site to another machine: over SSH, or into an object store.

Knows files and connections, nothing of the register. `sending.py` does the work for both kinds of
place, `over_ssh.py` and `object_store.py`. Decision 0144.
"""
