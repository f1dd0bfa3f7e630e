"""How much may be spent. Pure; what is under way counts as spent until it is known what it cost."""

from msgspec import Struct
from msgspec.structs import replace

from sourcebook.llm.questions import NOTHING, Spent


class Budget(Struct, frozen=True):
    """The most that one run may cost. 0 means no bound."""

    usd: float = 0.0
    tokens: int = 0


class Purse(Struct, frozen=True):
    """A budget and what is gone of it."""

    budget: Budget
    spent: Spent = NOTHING
    reserved: Spent = NOTHING

    def refusal(self, cost: Spent) -> str:
        """Why so much cannot be spent any more; "" when it can."""
        after = self.spent + self.reserved + cost
        tokens = after.tokens_in + after.tokens_out
        if self.budget.tokens and tokens > self.budget.tokens:
            return f"the budget of {self.budget.tokens:,} tokens is used up"
        if self.budget.usd and after.usd is not None and after.usd > self.budget.usd:
            return f"the budget of ${self.budget.usd:,.2f} is used up"
        return ""

    def reserve(self, cost: Spent) -> "Purse":
        """With so much set aside for a question that is asked now."""
        return replace(self, reserved=self.reserved + cost)

    def settle(self, reserved: Spent, spent: Spent) -> "Purse":
        """With what a question did cost, in place of what was set aside for it."""
        back = Spent(-reserved.tokens_in, -reserved.tokens_out, None if reserved.usd is None else -reserved.usd)
        return replace(self, reserved=self.reserved + back, spent=self.spent + spent)
