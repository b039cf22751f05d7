"""Layout of slides: text and tables as pieces of predictable height.

They are fitted on slides of 1920 x 1080 pixels.
"""
