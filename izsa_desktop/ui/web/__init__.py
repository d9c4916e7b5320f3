"""Web pages inside the window: our own scheme, a locked profile, and the map view. Nothing here reaches a network."""
