"""Brings a published site to another machine: over SSH, or into an object store.

The package knows files and connections, but nothing of the register. `sending.py` sends to both
kinds of place: `over_ssh.py` and `object_store.py`. Decision 0144.
"""
