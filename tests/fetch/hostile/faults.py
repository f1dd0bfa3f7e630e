"""The whole table of faults."""

from tests.fetch.hostile.faults_of_answers import CONTENTS, HEADS, STATUSES
from tests.fetch.hostile.faults_of_bodies import ENCODINGS, FRAMING, SIZES
from tests.fetch.hostile.faults_of_manners import ROBOTS, TIMING, TLS
from tests.fetch.hostile.faults_of_redirects import REDIRECTS

FAULTS = (
    *STATUSES,
    *HEADS,
    *CONTENTS,
    *FRAMING,
    *ENCODINGS,
    *SIZES,
    *REDIRECTS,
    *TLS,
    *TIMING,
    *ROBOTS,
)
