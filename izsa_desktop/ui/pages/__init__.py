"""The screens of the window: projects, exchange, settings, and the first start."""
