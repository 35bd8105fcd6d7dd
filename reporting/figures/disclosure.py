"""Which figures may be shown to whom."""

from __future__ import annotations

from commitments.workflow import Audience


def is_revealing(counted_for: str, reader: str) -> bool:
    """Whether a figure counted over what one audience may read would tell another what it may not.

    Figures of a report count what is released to its own audience, so that nothing is left over when the States are
    subtracted from the whole. The one danger is a figure of a wider count: the region as the UN reads it beside the
    States as the public reads them, or the standing of a progress brief. The difference of the two is the unreleased.

    So a wider count is revealing to every narrower reader, whatever the numbers are. The numbers must not decide it:
    that a figure is held back would then say something of them (that one State alone is missing, or none), and a State
    that knows its own part subtracts more than the public does. Nothing is lost by it, for the same figure counted
    over what the reader may read can always be shown in its stead, with a note of what it counts.
    """
    return Audience(counted_for).width < Audience(reader).width
