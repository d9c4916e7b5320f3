"""What the program is about: frozen values and pure functions. No Qt, no SQL, no files."""
