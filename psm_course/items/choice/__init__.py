"""`choice`: pick one."""
