"""The box: a child process with limits, in which every file from outside is read (decision 0139).

`box.py` is the part in the main program, `child.py` is the child process. `kinds.py` lists the
functions that read files there, `limits.py` sets how much memory and time they may use.
"""
