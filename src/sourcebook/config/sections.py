"""Every setting there is: its name, its type, what it is, and its default."""

from typing import Annotated, Any

from msgspec import Meta, Struct, field

Texts = tuple[str, ...]


def _about(words: str, *, secret: bool = False) -> Meta:
    """What a setting is, as `sourcebook config` and docs/settings.md say it."""
    return Meta(description=words, extra={"secret": secret})


class CorpusSettings(Struct, frozen=True):
    """Which files are pages, and how to read them."""

    include: Annotated[Texts, _about("patterns of the files that are pages, in upper or lower case")] = (
        "**/*.md", "**/*.markdown", "**/*.mdown", "**/*.mkd", "**/*.qmd", "**/*.rmd", "**/*.mdx", "**/*.html",
        "**/*.htm", "**/*.xhtml", "**/*.wiki", "**/*.wikitext", "**/*.mediawiki", "**/*.mw",
    )  # fmt: skip
    exclude: Annotated[Texts, _about("patterns of files and folders to leave out")] = (
        "**/.*/**",
        "**/node_modules/**",
    )
    components: Annotated[
        dict[str, str], _about("components that cite a registered source, and the attribute that holds its id")
    ] = field(default_factory=lambda: {"R": "id"})
    own_sites: Annotated[Texts, _about("host names of this knowledge base: links to them are not citations")] = ()
    title_keys: Annotated[Texts, _about("front matter keys tried for a page's title")] = ("title",)
    type_keys: Annotated[Texts, _about("front matter keys tried for a page's type")] = (
        "entityType",
        "type",
        "pageType",
    )
    quality_keys: Annotated[Texts, _about("front matter keys tried for a page's quality, a number")] = ("quality",)
    max_page_mb: Annotated[float, _about("a larger page is reported and not read, in megabytes")] = 20.0


class FetchSettings(Struct, frozen=True):
    """How to ask for sources."""

    contact: Annotated[str, _about("an address or e-mail for site owners, named in the user agent")] = ""
    timeout_s: Annotated[float, _about("deadline for one source, redirects included, in seconds")] = 30.0
    connect_timeout_s: Annotated[float, _about("deadline for one connection, in seconds")] = 10.0
    max_mb: Annotated[float, _about("largest body that is kept, in megabytes")] = 20.0
    delay_s: Annotated[float, _about("pause between two requests to one host, in seconds")] = 1.0
    hosts: Annotated[int, _about("how many hosts are asked at once")] = 32
    allow_networks: Annotated[
        Texts,
        _about(
            "private networks that may be asked, on any port, such as 127.0.0.0/8; empty means public addresses only"
        ),
    ] = ()
    ca_file: Annotated[str, _about("file of certificates (PEM) to trust besides those of the system")] = ""
    render: Annotated[
        str, _about("pages that a browser shows too: needed (those that are nothing without scripts), always, or never")
    ] = "never"
    browser: Annotated[
        str, _about("the browser's program; empty means the first of Chromium's usual names that is there")
    ] = ""


class FreshSettings(Struct, frozen=True):
    """When to ask again."""

    recheck_days: Annotated[float, _about("days until a source that was there is asked for again")] = 30.0
    most_recheck_days: Annotated[float, _about("the same, at most, when it has not changed for as long")] = 180.0
    retry_days: Annotated[float, _about("days until a source that gave no good answer is asked for again")] = 1.0
    most_retry_days: Annotated[float, _about("the same, at most, when it has given none for as long")] = 30.0


class MementoSettings(Struct, frozen=True):
    """Other people's web archives, asked for sources that are dead and of which we hold no good copy."""

    timegates: Annotated[Texts, _about("addresses that lead to the copy of an address put behind them (RFC 7089)")] = (
        "https://web.archive.org/web/",
    )
    timemaps: Annotated[Texts, _about("addresses that list the copies of an address put behind them")] = (
        "https://web.archive.org/web/timemap/link/",
    )
    timeout_s: Annotated[float, _about("deadline for one source over all archives, in seconds")] = 60.0
    date_keys: Annotated[Texts, _about("front matter keys tried for the day on which a page cited its sources")] = (
        "date",
        "published",
        "created",
        "lastmod",
        "updated",
    )


class RegistrySettings(Struct, frozen=True):
    """Whom `sourcebook enrich` asks about works. Nothing else asks them."""

    crossref: Annotated[str, _about("address of Crossref; empty means that it is not asked")] = (
        "https://api.crossref.org"
    )
    datacite: Annotated[str, _about("address of DataCite; empty means that it is not asked")] = (
        "https://api.datacite.org"
    )
    pubmed: Annotated[str, _about("address of PubMed; empty means that it is not asked")] = (
        "https://eutils.ncbi.nlm.nih.gov"
    )
    arxiv: Annotated[str, _about("address of arXiv; empty means that it is not asked")] = "https://export.arxiv.org"
    openalex: Annotated[str, _about("address of OpenAlex; empty means that it is not asked")] = (
        "https://api.openalex.org"
    )
    recheck_days: Annotated[float, _about("days until a work is asked for again: retractions come late")] = 30.0


class StoreSettings(Struct, frozen=True):
    """Where the library is kept."""

    database: Annotated[
        str,
        _about(
            "database address such as postgresql://user@host/name; empty means SQLite in the library folder",
            secret=True,
        ),
    ] = ""


class EngineSettings(Struct, frozen=True):
    """How the work is spread."""

    workers: Annotated[
        int, _about("worker processes that read documents; 0 means one for each core, 1 means none besides")
    ] = 0


class LlmSettings(Struct, frozen=True):
    """A model, where one is to be asked. Its key is never a setting: see docs/models.md."""

    model: Annotated[
        str, _about("the model to ask, such as openai:NAME or anthropic:NAME; empty means that none is asked")
    ] = ""
    base_url: Annotated[str, _about("an endpoint that speaks OpenAI's protocol, such as http://127.0.0.1:11434/v1")] = (
        ""
    )
    key_file: Annotated[
        str, _about("a file that holds the key and that nobody else may read; empty means the environment")
    ] = ""
    summaries: Annotated[bool, _about("whether it is asked for summaries and relevance lines")] = True
    judge: Annotated[str, _about("claims that it is asked about: unsure (our own judge is), all, or none")] = "unsure"
    in_flight: Annotated[int, _about("how many questions are under way at once")] = 4
    timeout_s: Annotated[float, _about("deadline for one answer, in seconds")] = 120.0
    max_answer_tokens: Annotated[int, _about("the longest answer, in tokens")] = 1000
    budget_usd: Annotated[float, _about("the most that one run may cost, in US dollars; 0 means no bound")] = 0.0
    budget_tokens: Annotated[int, _about("the most that one run may send and receive, in tokens; 0 means no bound")] = 0
    price_in_usd: Annotated[float, _about("price of a million tokens sent; 0 means the published price")] = 0.0
    price_out_usd: Annotated[float, _about("price of a million tokens received; 0 means the published price")] = 0.0


class SearchSettings(Struct, frozen=True):
    """How a library is searched."""

    semantic: Annotated[
        str, _about("whether meanings count beside words: auto (where the extra is installed), on, off")
    ] = "auto"


class ServeSettings(Struct, frozen=True):
    """The web app."""

    host: Annotated[str, _about("address that the web app listens on")] = "127.0.0.1"
    port: Annotated[int, _about("port that the web app listens on")] = 8377


class CheckSettings(Struct, frozen=True):
    """What `sourcebook check` looks for, and what makes it fail."""

    rules: Annotated[
        dict[str, str],
        _about("how bad each rule's findings are: error, warning, note, or off; docs/findings.md has the defaults"),
    ] = {}
    fail_on: Annotated[
        str, _about("findings of this severity or worse make the command fail: error, warning or note")
    ] = "warning"
    baseline: Annotated[str, _about("file of accepted findings, from the folder of pages; empty means none")] = ""
    least_credibility: Annotated[int, _about("sources with a credibility below this are a finding, 1 to 5")] = 2
    coverage_drop: Annotated[
        float,
        _about("by how much the share of judged claims of a page may fall below the baseline's, in percentage points"),
    ] = 0.0


class Config(Struct, frozen=True):
    """Every setting, with its effective value. Make one with `load_config`."""

    corpus: CorpusSettings = CorpusSettings()
    fetch: FetchSettings = FetchSettings()
    fresh: FreshSettings = FreshSettings()
    memento: MementoSettings = MementoSettings()
    registries: RegistrySettings = RegistrySettings()
    store: StoreSettings = StoreSettings()
    engine: EngineSettings = EngineSettings()
    llm: LlmSettings = LlmSettings()
    search: SearchSettings = SearchSettings()
    serve: ServeSettings = ServeSettings()
    check: CheckSettings = CheckSettings()
    venues: tuple[dict[str, Any], ...] = ()  # [[venues]] of sourcebook.toml, read by rate/
