"""Three simulations with invented data: too few visits, a lost contact, unreported violence.

Each model is a pure function of numbers and a seed; `words` shows the models. Every setting of the
sliders uses the same random numbers, so the picture changes only because of the setting. The data
are not about a real city.
"""
