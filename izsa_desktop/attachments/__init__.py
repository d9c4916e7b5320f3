"""Photos and documents from outside: what they are by their content, and what is taken off them before they are kept.

Bytes in, bytes or one named refusal out. Nothing here runs, renders or follows anything of a document.
"""
