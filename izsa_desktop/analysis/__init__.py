"""What is found out about projects: which are alike, which goals a text speaks of, what counts once, what is missing.

Values in, values out: nothing here knows files, the store or a screen.
"""
