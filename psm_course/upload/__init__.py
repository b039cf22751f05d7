"""Brings a published site to another machine: over SSH, or into an object store.

`sending.py` sends the files; the connection is made by `over_ssh.py` or `object_store.py`. This
package does not use the register. Decision 0144.
"""
