"""The tables as SQLAlchemy sees them. They are made by ``migrations``; a test compares the two.

``revision``, ``bundle`` and ``trust`` are the truth and only ever grow. ``draft`` is what was typed and not yet saved.
``project`` is computed from ``revision`` and ``catalogue`` and may be thrown away and built again at any time; with it
the index of its words (``project_words``), which only ``dialect`` knows. So are ``coaching`` and ``joint``, from
``revision`` alone.
"""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table

from izsa_desktop.domain.filter import FACETS

metadata = MetaData()

STORED_FACETS = tuple(facet for facet in FACETS if facet != "freshness")  # that one changes by itself
SEPARATOR = "\x1f"

meta = Table("meta", metadata, Column("key", String, primary_key=True), Column("value", String, nullable=False))

bundle = Table(
    "bundle",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("sha256", String, nullable=False, unique=True),  # of the payload: what the next bundle's prev names
    Column("direction", String, nullable=False),  # in | out
    Column("kind", String, nullable=False),
    Column("district", String, nullable=False),
    Column("replica", String, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("prev", String, nullable=False),
    Column("revisions", Integer, nullable=False),
    Column("moved", String, nullable=False),  # when it was received or sent, UTC
    Column("file", String, nullable=False),  # name within the workplace's bundles folder
    Column("addressee", String, nullable=False),  # the body it is for
    Column("follows", Integer, nullable=False),  # number of the sender's bundle to this body before it, or 0
    Column("mode", String, nullable=False),  # full | delta
    Column("base", Integer, nullable=False),  # the bundle up to which the receiver has everything; 0: nothing needed
    Column("carried", String, nullable=False),  # of a sent one: which saves it holds, as ``usecases.sent`` writes them
)
Index("bundle_by_sender", bundle.c.replica, bundle.c.seq)

revision = Table(
    "revision",
    metadata,
    Column("n", Integer, primary_key=True),  # order of arrival
    Column("id", LargeBinary, nullable=False, unique=True),  # SHA-256 of body
    Column("record", String, nullable=False),
    Column("replica", String, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("bundle", Integer, ForeignKey("bundle.n")),  # None: written here
    Column("body", LargeBinary, nullable=False),
)
Index("revision_by_record", revision.c.record)
Index("revision_by_replica", revision.c.replica, revision.c.seq)

trust = Table(
    "trust",
    metadata,
    Column("version", Integer, primary_key=True),
    Column("body", LargeBinary, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

draft = Table(
    "draft",
    metadata,
    Column("record", String, primary_key=True),  # empty for a project that was never saved
    Column("value", LargeBinary, nullable=False),
)

catalogue = Table(  # at a district: what the office's newest answer tells of everybody's projects
    "catalogue",
    metadata,
    Column("id", String, primary_key=True),
    Column("value", LargeBinary, nullable=False),
)

coaching = Table(
    "coaching",
    metadata,
    Column("id", String, primary_key=True),
    Column("district", String, nullable=False),
    Column("value", LargeBinary, nullable=False),  # the record as JSON (``domain.coaching``)
)

joint = Table(  # joint programmes, a row for each body that is asked
    "joint",
    metadata,
    Column("id", String, primary_key=True),
    Column("programme", String, nullable=False),  # what the ids of its records have in common
    Column("value", LargeBinary, nullable=False),  # the joint.Share as JSON
)

project = Table(
    "project",
    metadata,
    Column("n", Integer, primary_key=True),  # for the index of words and the catalogue; another one after a rebuild
    Column("id", String, nullable=False, unique=True),
    Column("stamp", Integer, nullable=False),  # greater than in every row that was computed before
    Column("sort_key", String, nullable=False),
    Column("words", String, nullable=False),  # folded, each once; what ``project_words`` indexes
    *(Column(facet, String, nullable=False) for facet in STORED_FACETS),  # codes, joined by ``SEPARATOR``
    Column("started", String, nullable=False),  # the start, empty when it is unknown
    Column("updated", String, nullable=False),
    Column("confirmed", String, nullable=False),  # the day from which freshness counts
    Column("lacking", Integer, nullable=False),  # how many required fields are empty
    Column("deleted", Boolean, nullable=False),
    Column("conflicting", Boolean, nullable=False),
    Column("value", LargeBinary, nullable=False),  # the Project as JSON
    Column("shared", Boolean, nullable=False),  # of another body, as the catalogue tells of it
    Column("label", String, nullable=False),  # from here on what the map shows (``domain.mapped``)
    Column("spot", LargeBinary, nullable=False),
    Column("vicinity", String, nullable=False),
    Column("dimension", String, nullable=False),
    Column("dates", String, nullable=False),
)
COMPUTED = tuple(column.name for column in project.c if column.name not in ("n", "stamp"))
"""What follows from the revisions and the catalogue alone."""
Index("project_by_name", project.c.sort_key, project.c.id)
MAPPED = ("label", "spot", "vicinity", "dimension", "dates")
CATALOGUED = (*STORED_FACETS, "confirmed", "deleted", "started", "updated", "lacking", "shared", *MAPPED)
"""All that the catalogue reads: as an index it is a tenth of the table."""
Index("project_by_stamp", project.c.stamp, *(project.c[name] for name in CATALOGUED))
Index("project_in_conflict", project.c.id)  # holds only those that are in conflict and listed
