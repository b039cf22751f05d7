"""Layout of slides of 1920 x 1080 pixels.

Text and tables are cut into pieces whose height can be predicted; then the pieces are put on
slides.
"""
