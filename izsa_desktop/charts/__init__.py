"""Charts as SVG texts: values in, a drawing out. matplotlib is known here alone.

A drawing carries its texts as text in the program's own typeface, stands in a window and in an HTML document alike,
and is told in words beside it by whoever shows it: numbers that can only be seen are no numbers. All texts are data:
nothing in them is markup or a formula. The same values give the same bytes.
"""
