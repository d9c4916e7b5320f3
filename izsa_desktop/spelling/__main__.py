"""``python -m izsa_desktop.spelling``: the spelling process of the window."""

import sys

from izsa_desktop.spelling.server import answers

for answer in answers(sys.stdin):
    print(answer, flush=True)
