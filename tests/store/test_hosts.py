"""What is known of hosts from run to run."""

from sourcebook.store import Store
from sourcebook.types.fetching import Pause, RobotsFile
from tests.store.made import later

SITE = "https://slow.example"


def test_what_a_host_asked_of_us_is_known_in_the_next_run(store: Store) -> None:
    pause, robots = Pause("slow.example", later(1), 2, "status 429 2 times in a row"), RobotsFile(SITE, later(0), "x")
    store.hosts.keep((pause, robots))

    assert store.hosts.pauses() == {"slow.example": pause}
    assert store.hosts.robots((SITE, "https://other.example")) == {SITE: robots}


def test_a_pause_that_is_over_is_forgotten_and_the_last_word_counts(store: Store) -> None:
    first, over = Pause("slow.example", later(1), 1, "status 429"), Pause("slow.example", later(0), 0, "")
    longer = Pause("slow.example", later(2), 2, "status 429")
    store.hosts.keep((first,))
    store.hosts.keep((over, longer))
    kept = store.hosts.pauses()
    store.hosts.keep((first, over))

    assert kept == {"slow.example": longer}
    assert store.hosts.pauses() == {}


def test_nothing_learned_changes_nothing(store: Store) -> None:
    before = store.stamp()
    store.hosts.keep(())

    assert store.stamp() == before
