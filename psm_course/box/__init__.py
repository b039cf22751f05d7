"""The box: a child process with limits, in which every file from outside is read (decision 0139).

`box.py` is the side of the main program, `child.py` the process itself. `kinds.py` lists the
functions that read in it, `limits.py` how much memory and time they may use.
"""
