"""An endpoint reached through pydantic-ai: any that speaks OpenAI's protocol, or Anthropic's.

The only file that knows pydantic-ai; `wiring.py` imports it when a model is first asked.
"""

from typing import Any, TypeVar

import genai_prices
from msgspec import Struct
from pydantic_ai import Agent, ModelRetry, NativeOutput, PromptedOutput, exceptions
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.anthropic import AnthropicProvider
from pydantic_ai.providers.openai import OpenAIProvider
from pydantic_ai.settings import ModelSettings
from pydantic_ai.usage import RunUsage

from sourcebook.config import LlmSettings
from sourcebook.errors import UsageError
from sourcebook.llm.failures import ModelBusy, ModelFailed, ModelRefused, ModelSilent, ModelUnfit
from sourcebook.llm.questions import Question, Spent

RETRIES = 2  # answers that do not pass are put back with what is wrong; a third try rarely mends what two did not
CHARACTERS_A_TOKEN = 3  # English has about four, code and other scripts fewer: a guess that does not fall short
_NO_KEY = "none"  # local endpoints want a key in form and look at none

A = TypeVar("A")


class Price(Struct, frozen=True):
    """US dollars for a million tokens."""

    tokens_in: float
    tokens_out: float


class PydanticEndpoint:
    """One model of one provider."""

    def __init__(self, settings: LlmSettings, key: str) -> None:
        """Raises UsageError where the model's name or its price leaves something open."""
        self._settings = settings
        self._key = key
        self._model = _model(settings, key)
        self._price = _price(settings)

    def most(self, question: Question[Any]) -> Spent:
        """See `Endpoint.most`: one try, with an answer as long as it may be."""
        sent = len(question.prompt.instructions) + len(question.text())
        return self._cost(sent // CHARACTERS_A_TOKEN + 1, self._settings.max_answer_tokens)

    async def reply(self, question: Question[A]) -> tuple[A, Spent]:
        """See `Endpoint.reply`."""
        usage = RunUsage()
        try:
            result = await self._agent(question).run(question.text(), usage=usage, model_settings=self._limits())

        except exceptions.AgentRunError as error:
            raise self._failure(error, self._cost(usage.input_tokens, usage.output_tokens)) from None
        return result.output, self._cost(usage.input_tokens, usage.output_tokens)

    async def close(self) -> None:
        """See `Endpoint.close`."""
        await self._model.client.close()

    def _agent(self, question: Question[A]) -> Agent[None, A]:
        # A model that does not take a schema is told it in words; its answer is checked all the same.
        native = self._model.profile.get("supports_json_schema_output", False)
        output: Any = NativeOutput(question.answer) if native else PromptedOutput(question.answer)
        agent: Agent[None, A] = Agent(
            self._model, output_type=output, instructions=question.prompt.instructions, retries={"output": RETRIES}
        )

        @agent.output_validator
        def checked(answer: A) -> A:
            wrong = question.check(answer)
            if wrong:
                raise ModelRetry(wrong)
            return answer

        return agent

    def _limits(self) -> ModelSettings:
        return ModelSettings(
            temperature=0.0,
            max_tokens=self._settings.max_answer_tokens,
            request_timeout=self._settings.timeout_s,
            max_retries=0,
        )

    def _cost(self, tokens_in: int, tokens_out: int) -> Spent:
        if self._price is None:
            return Spent(tokens_in, tokens_out, None)
        usd = (tokens_in * self._price.tokens_in + tokens_out * self._price.tokens_out) / 1_000_000
        return Spent(tokens_in, tokens_out, usd)

    def _failure(self, error: exceptions.AgentRunError, spent: Spent) -> ModelFailed:
        """What happened, in words that never hold the key."""
        words = " ".join(str(error).split())[:300]
        said = words.replace(self._key, "•••") if self._key else words
        name = f"model {self._settings.model!r}"
        if isinstance(error, (exceptions.ModelRateLimitError, exceptions.ModelUnavailableError)):
            return ModelBusy(f"{name} is asked too often, or has too much to do", error.retry_after)
        if isinstance(error, _SILENCE):
            return ModelSilent(f"{name} gave no answer: {said}", spent=spent)
        for kind, failure, about, hint in _FAILURES:
            if isinstance(error, kind):
                return failure(f"{name} {about.format(said=said)}", hint, spent)
        return ModelFailed(f"{name} failed: {said}", spent=spent)


_SILENCE = (exceptions.ModelConnectionError, exceptions.ModelRequestTimeout, exceptions.ModelServerError)
_FAILURES: tuple[tuple[type[Exception], type[ModelFailed], str, str], ...] = (
    (exceptions.ModelAuthenticationError, ModelRefused, "refused the key", "set another key; see docs/models.md"),
    (exceptions.ModelQuotaExceededError, ModelRefused, "has no credit left", "add credit, or set another key"),
    (exceptions.ModelNotFoundError, ModelRefused, "is not at its endpoint", "correct llm.model or llm.base_url"),
    (exceptions.OutputTokenLimitExceeded, ModelUnfit, "was cut off in its answer", "raise llm.max_answer_tokens"),
    (
        exceptions.UnexpectedModelBehavior,
        ModelUnfit,
        f"gave no answer that passes in {RETRIES + 1} tries: {{said}}",
        "",
    ),
)


def _model(settings: LlmSettings, key: str) -> OpenAIChatModel | AnthropicModel:
    provider, _, name = settings.model.rpartition(":") if not settings.base_url else ("openai", "", settings.model)
    if provider == "openai":
        if settings.base_url:
            endpoint = OpenAIProvider(base_url=settings.base_url, api_key=key or _NO_KEY)
        else:
            endpoint = OpenAIProvider(api_key=key)
        return OpenAIChatModel(name, provider=endpoint)
    if provider == "anthropic":
        return AnthropicModel(name, provider=AnthropicProvider(api_key=key))
    raise UsageError(
        f"no provider for model {settings.model!r}",
        "write openai:NAME or anthropic:NAME, or set llm.base_url to an endpoint that speaks OpenAI's protocol",
    )


def _price(settings: LlmSettings) -> Price | None:
    """The model's price: as set, else as published. Raises UsageError where a budget in dollars hangs on it."""
    if settings.price_in_usd or settings.price_out_usd:
        return Price(settings.price_in_usd, settings.price_out_usd)
    provider, _, name = settings.model.rpartition(":")
    million = (
        genai_prices.Usage(input_tokens=1_000_000, output_tokens=0),
        genai_prices.Usage(input_tokens=0, output_tokens=1_000_000),
    )
    try:
        prices = [genai_prices.calc_price(usage, name, provider_id=provider or None) for usage in million]
    except LookupError:
        if settings.budget_usd:
            raise UsageError(
                f"the price of model {settings.model!r} is not known, so a budget in dollars cannot be kept",
                "set llm.price_in_usd and llm.price_out_usd (for a million tokens), or use llm.budget_tokens",
            ) from None
        return None
    return Price(*(float(price.total_price) for price in prices))
