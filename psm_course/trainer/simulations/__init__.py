"""Three simulations with made-up data: too few visits, a lost contact, unreported violence.

Each model is a pure function of numbers and a seed; `words` shows it. All settings use the same
random draws, so that changes in the picture come only from the setting. No figure is about a real
city.
"""
