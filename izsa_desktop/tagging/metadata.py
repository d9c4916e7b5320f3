"""What a PDF says of itself as a whole: title, language, and that it is tagged (XMP and document information)."""

from html import escape
from typing import Final

from pikepdf import Dictionary, Name, Pdf, String

CREATOR: Final = "İZSA Desktop"
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


def describe(document: Pdf, title: str, language: str) -> None:
    """Says it of this document. The creation day stays as it is."""
    packet = _PACKET.format(title=escape(title), language=escape(language), creator=escape(CREATOR))
    root = document.Root
    root.Metadata = document.make_stream(packet.encode("utf-8"), Type=Name.Metadata, Subtype=Name.XML)
    root.Lang = String(language)
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    document.docinfo.Title = String(title)
    document.docinfo.Creator = String(CREATOR)
