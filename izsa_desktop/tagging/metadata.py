"""What a PDF says of itself as a whole: title, language, and that it is tagged (XMP and document information)."""

from collections.abc import Mapping
from html import escape
from typing import Final

from pikepdf import Object

from izsa_desktop.tagging.volume import pdf_text

CREATOR: Final = "İZSA Desktop"
_KEPT: Final = ("/CreationDate", "/ModDate", "/Producer")
_PACKET: Final = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<dc:format>application/pdf</dc:format>
<xmp:CreatorTool>{creator}</xmp:CreatorTool>
<pdfuaid:part>1</pdfuaid:part>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def packet(title: str, language: str) -> bytes:
    """What an accessible document says of itself."""
    return _PACKET.format(title=escape(title), language=escape(language), creator=escape(CREATOR)).encode("utf-8")


def information(printed: Mapping[str, Object], title: str) -> bytes:
    """The document's information: title and program; day and printer are those of what was ``printed``."""
    kept = b"".join(b"%s%s" % (name.encode("ascii"), printed[name].unparse()) for name in _KEPT if name in printed)
    return b"<</Title%s/Creator%s%s>>" % (pdf_text(title), pdf_text(CREATOR), kept)
