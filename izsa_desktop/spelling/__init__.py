"""Checking the spelling of long texts, offline, by Hunspell and the dictionaries under ``resources/vendor``.

``words`` finds what is to be checked in a text, ``speller`` judges it. Hunspell reads a dictionary in half a second and
lets nothing else of the process run meanwhile; so the window has it in a process of its own (``python -m
izsa_desktop.spelling``, see ``server``), where it also may fail without harm. See ADR 8.
"""
