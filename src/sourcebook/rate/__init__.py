"""Step 4: how far to trust where a source was published, what kind of thing it is, and how much it matters here.

Everything here is a pure function of what is known; every number comes with its reasons. Venues are data: venues.toml.
"""

from sourcebook.rate.census import Census
from sourcebook.rate.labels import LABELS, SENTENCES, label
from sourcebook.rate.placing import BIBLIOGRAPHY, Placed, placed
from sourcebook.rate.prediction import Known, Prediction, predict
from sourcebook.rate.rating import UNRATED, rate, rate_placed
from sourcebook.rate.source_types import type_in_words
from sourcebook.rate.venues import TYPES, Venues, load_venues
from sourcebook.rate.weight import FORMULA, ImportanceInputs, importance

VERSION = "6"  # of the rules in this folder; venues have a fingerprint of their own

__all__ = [
    "BIBLIOGRAPHY",
    "FORMULA",
    "LABELS",
    "SENTENCES",
    "TYPES",
    "UNRATED",
    "VERSION",
    "Census",
    "ImportanceInputs",
    "Known",
    "Placed",
    "Prediction",
    "Venues",
    "importance",
    "label",
    "load_venues",
    "placed",
    "predict",
    "rate",
    "rate_placed",
    "type_in_words",
]
