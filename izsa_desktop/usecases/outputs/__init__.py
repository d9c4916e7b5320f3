"""Projects as files for other programs and other people: tables that come back without loss, maps, reports.

Two questions are answered for every file. *What is about persons?* The declared personal fields (``domain.fields``) and
what the office wrote to the district alone are in tables for one's own use only, and in no other format at all. *What
is finished?* Formats for outsiders take approved projects only, unless somebody asks for all of them deliberately.
"""
