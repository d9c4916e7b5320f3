"""Windows over the window: they take values and give a value back."""
