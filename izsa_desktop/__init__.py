"""İZSA Desktop: the İzmir Sustainability Map, entered offline and exchanged by signed files."""

__version__ = "0.1.0"
