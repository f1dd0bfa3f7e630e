"""What can go wrong between us and a model. None of it ever becomes an answer."""

from sourcebook.errors import StepError
from sourcebook.llm.questions import NOTHING, Spent


class ModelFailed(StepError):  # noqa: N818  # named for what happened, as the house's outcomes are
    """This question got no answer; the next one may. `spent` is what it cost all the same."""

    def __init__(self, message: str, hint: str = "", spent: Spent = NOTHING) -> None:
        super().__init__(message, hint)
        self.spent = spent


class ModelRefused(ModelFailed):
    """No question will be answered: the key is refused or exhausted, or there is no such model. Ends the batch."""


class ModelUnfit(ModelFailed):
    """What came did not pass its check, or was cut off."""


class ModelSilent(ModelFailed):
    """Nobody answered in time, or nobody is there. Several in a row end the batch."""


class ModelBusy(ModelFailed):
    """Asked too often: the same question may be put again after `wait_s` seconds."""

    def __init__(self, message: str, wait_s: float | None) -> None:
        super().__init__(message)
        self.wait_s = wait_s
