"""Project sheets as HTML. No Qt: whoever prints them is handed in."""
