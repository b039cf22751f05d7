"""A quiz as an accessible HTML form that works without JavaScript.

It sees public views only, so it cannot leak a key.
"""
