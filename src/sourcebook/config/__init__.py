"""Settings, each with its words, its default and where its value came from.

A setting is a field of one of the sections and nothing else: its name, type, default and description are read from
there by the loader, by `sourcebook config` and by docs/settings.md.
"""

from sourcebook.config.loading import FILE_NAME, LIBRARY_FOLDER, VENUES_FILE, LoadedConfig, Setting, load_config
from sourcebook.config.sections import (
    CheckSettings,
    Config,
    CorpusSettings,
    EngineSettings,
    FetchSettings,
    FreshSettings,
    LlmSettings,
    MementoSettings,
    RegistrySettings,
    SearchSettings,
    ServeSettings,
    StoreSettings,
)  # fmt: skip

__all__ = [
    "FILE_NAME", "LIBRARY_FOLDER", "VENUES_FILE", "CheckSettings", "Config", "CorpusSettings", "EngineSettings",
    "FetchSettings", "FreshSettings", "LlmSettings", "LoadedConfig", "MementoSettings", "RegistrySettings",
    "SearchSettings", "ServeSettings", "Setting", "StoreSettings", "load_config",
]  # fmt: skip
