"""The credibility scale in words. docs/venues.md says what puts a venue on which step."""

LABELS = {5: "Gold", 4: "High", 3: "Good", 2: "Mixed", 1: "Low"}
SENTENCES = {
    5: "Gold standard. Peer-reviewed or official record, checked before publication and corrected in public after.",
    4: "High quality. Established institution or newsroom with named authors, editorial control and a record to lose.",
    3: "Good quality. Reputable source with community review or editorial standards, but less rigorous than "
    "peer-reviewed venues.",
    2: "Mixed quality. Little or no review before publication, or an interest in what is said; seek a second source.",
    1: "Low quality. Known for errors, invention or undisclosed promotion; not to be relied on alone.",
}


def label(credibility: int | None) -> str:
    """The one word for a credibility, "Good"; *unrated* is a state of its own."""
    return "Unrated" if credibility is None else LABELS[credibility]
