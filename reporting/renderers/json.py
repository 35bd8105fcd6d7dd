"""The document as JSON for machines: canonical, so that anyone can check the fingerprint."""

from reporting.document import Document, as_data, dump

FORMAT = "jpoa-document"
VERSION = 1


def render(document: Document) -> bytes:
    """Return {"format", "version", "fingerprint", "document"} as canonical UTF-8 JSON.

    `fingerprint` is the SHA-256 of the member `document` written with sorted keys, no spaces.
    """
    return dump(
        {
            "format": FORMAT,
            "version": VERSION,
            "fingerprint": document.fingerprint,
            "document": as_data(document),
        }
    )
