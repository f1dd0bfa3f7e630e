"""What is remembered: pages, sources, captures, everything derived, a person's word; and the archive."""

from sourcebook.store.archive import Archive
from sourcebook.store.archive.attempts import Attempts, Member
from sourcebook.store.archive.cdxj import index_line
from sourcebook.store.archive.records import info_record
from sourcebook.store.archive.verifying import Damage
from sourcebook.store.archive.warc_file import WarcFile
from sourcebook.store.builds import Build, Builds
from sourcebook.store.captures import Captures
from sourcebook.store.checking import FileChecked, check_archive, faults
from sourcebook.store.database import batches
from sourcebook.store.derived import Derived
from sourcebook.store.facets import UNRATED, VenueCounts
from sourcebook.store.judgements import all_verdicts, find_judgements
from sourcebook.store.listings import Listings, ListPage, ListQuery
from sourcebook.store.locking import LockedError, build_lock
from sourcebook.store.meta import CORPUS, Meta
from sourcebook.store.opening import Store, open_store
from sourcebook.store.page_listings import ClaimCounts, Leaning, PageListings
from sourcebook.store.pages import Citing, ClaimPlace, PageCounts, Pages
from sourcebook.store.reading import read_store
from sourcebook.store.rebuilding import RebuildReport, rebuild
from sourcebook.store.reviews import Reviews, verdicts_that_count, what_counts
from sourcebook.store.rows import RowPage, RowQuery
from sourcebook.store.sources import Sources
from sourcebook.store.tokens import Tokens

__all__ = [
    "CORPUS",
    "UNRATED",
    "Archive",
    "Attempts",
    "Build",
    "Builds",
    "Captures",
    "Citing",
    "ClaimCounts",
    "ClaimPlace",
    "Damage",
    "Derived",
    "FileChecked",
    "Leaning",
    "ListPage",
    "ListQuery",
    "Listings",
    "LockedError",
    "Member",
    "Meta",
    "PageCounts",
    "PageListings",
    "Pages",
    "RebuildReport",
    "Reviews",
    "RowPage",
    "RowQuery",
    "Sources",
    "Store",
    "Tokens",
    "VenueCounts",
    "WarcFile",
    "all_verdicts",
    "batches",
    "build_lock",
    "check_archive",
    "faults",
    "find_judgements",
    "index_line",
    "info_record",
    "open_store",
    "read_store",
    "rebuild",
    "verdicts_that_count",
    "what_counts",
]
