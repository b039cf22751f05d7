"""Three small worlds of made-up data that a hall can turn: visits that do not suffice, a contact that is gone, reports that nobody makes.

Each model is a pure function of numbers and a seed; `words` shows it. The same draws are used at every setting, so that what changes
in the picture comes from the setting alone. Nothing here is a figure about any city.
"""
