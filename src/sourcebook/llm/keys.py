"""Where a key comes from: the environment, or a file that nobody else may read. Never from settings or the library."""

from collections.abc import Mapping
from pathlib import Path

from sourcebook.config import LlmSettings
from sourcebook.errors import UsageError

_VARIABLES = {"openai": "OPENAI_API_KEY", "anthropic": "ANTHROPIC_API_KEY"}
_OTHERS_MAY_READ = 0o077


def find_key(settings: LlmSettings, environ: Mapping[str, str]) -> str:
    """The key for the model that is set; "" when there is none.

    An endpoint of `llm.base_url` is sent no key that was meant for a provider: only one from `llm.key_file`.
    Raises UsageError where a provider wants a key and there is none, and for a file that others can read.
    """
    if settings.key_file:
        return _from_file(Path(settings.key_file).expanduser())
    variable = "" if settings.base_url else _VARIABLES.get(settings.model.partition(":")[0], "")
    key = environ.get(variable, "")
    if variable and not key:
        raise UsageError(
            f"no key for model {settings.model!r}", f"set {variable}, or name a file that holds it in llm.key_file"
        )
    return key


def _from_file(file: Path) -> str:
    try:
        mode = file.stat().st_mode
        key = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "not UTF-8"
        raise UsageError(f"cannot read the key in {str(file)!r}: {why}", "correct llm.key_file") from None
    if mode & _OTHERS_MAY_READ:
        raise UsageError(f"others may read the key in {str(file)!r}", f"chmod 600 {file}")
    if not key:
        raise UsageError(f"there is no key in {str(file)!r}", "write the key into it, and nothing else")
    return key
