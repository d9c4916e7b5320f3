"""Accessible PDF: what a document's HTML says of its structure, put into the PDF that was printed from it."""
