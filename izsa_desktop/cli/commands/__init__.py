"""One function per command: options in, exit code out. The work is in ``usecases``; ``parser`` names the functions."""
