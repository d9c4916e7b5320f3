"""Spreadsheets and text tables as frozen values, whatever program wrote them. Knows nothing of projects.

Everything that comes in is hostile. What is read is bounded before memory is taken for it: the file, each unpacked
part, rows, columns and cells. No external link, macro, formula or entity is ever followed; of a formula the value that
was stored with it counts. What a file is, is decided by its content and never by its name.

The readers of xlsx and ods are our own, over ``expat``: a 5 KB workbook with a value in the last possible cell makes
faster libraries ask for 500 GB and end the process, and none of them tells hidden rows, merged cells and formulas in
one pass.
"""
