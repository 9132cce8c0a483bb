"""What the user says that models and people cost. Nothing here has a price of ours: without the user's there is no figure."""

from __future__ import annotations

from pydantic import Field

from corpuskit.tasks.assessment import Frozen


class Prices(Frozen):
    """Prices of one day in one currency, ``[tasks.prices]`` of corpuskit.toml."""

    currency: str = Field(default="", description="Currency of all amounts, such as JPY or EUR.")
    date: str = Field(
        default="", pattern=r"^(\d{4}-\d{2}-\d{2})?$", description="Day on which the prices held, YYYY-MM-DD; it is printed with every amount."
    )
    person_hour: float | None = Field(default=None, gt=0, description="Cost of one hour of those who do or review the work.")
    small_input: float | None = Field(default=None, ge=0, description="Small model: price of a million tokens read.")
    small_output: float | None = Field(default=None, ge=0, description="Small model: price of a million tokens written.")
    large_input: float | None = Field(default=None, ge=0, description="Large model: price of a million tokens read.")
    large_output: float | None = Field(default=None, ge=0, description="Large model: price of a million tokens written.")
    tokens_per_character_en: float = Field(
        default=0.25, gt=0, description="Tokens of the model for each character of English; about four characters make one."
    )
    tokens_per_character_ja: float = Field(
        default=1.0, gt=0, description="The same for Japanese; models differ between 0.6 and 1.3, so count a page with the model's own tokenizer."
    )
    instruction_tokens: int = Field(default=500, ge=0, description="Tokens of instructions and examples sent with every case; a page has about 500.")
    output_tokens: int = Field(default=200, ge=0, description="Tokens written for each case; a label has under ten, a short answer some 200.")

    def of_model(self, size: str) -> tuple[float, float] | None:
        """Give the prices of a million tokens read and written by the ``small`` or ``large`` model; None where one is missing."""
        read, written = getattr(self, f"{size}_input"), getattr(self, f"{size}_output")
        return None if read is None or written is None else (read, written)
