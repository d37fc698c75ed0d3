"""The colour of each label, the same in the explorer, in the terminal and on a paper's page."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Colour:
    """One colour in two shades."""

    light: str  # on a white ground
    dark: str  # on a black ground, or as the ground of black letters


# Told apart by colour-blind readers, too. Source: Okabe and Ito 2008, "Color universal design";
# here somewhat darker on white and lighter on black.
COLOURS: Mapping[str, Colour] = {
    "Paper": Colour("#6f7c8a", "#97a4b3"),
    "Method": Colour("#0072b2", "#56b4e9"),
    "Dataset": Colour("#d78700", "#f0b740"),
    "Task": Colour("#009e73", "#30c79d"),
    "Metric": Colour("#c0609a", "#e79dc6"),
    "Repository": Colour("#c44a00", "#ff8a57"),
    "Result": Colour("#8c8100", "#e8dc3c"),
}
