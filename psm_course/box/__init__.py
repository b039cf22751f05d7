"""The box: another process with limits, in which every file from outside is taken apart.

Decision 0139.

`box.py` is our side of it, `child.py` the process, `kinds.py` names who reads what there,
`limits.py` how much that may cost.
"""
