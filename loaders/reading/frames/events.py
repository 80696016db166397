"""An event: a frame opened by its trigger in a clause, and the parts that are filled in."""

from __future__ import annotations

from dataclasses import dataclass

from graph.model.claims import Reason
from loaders.reading.frames.book import Frame
from loaders.reading.frames.modality import Mood
from loaders.reading.frames.scene import Scene
from loaders.reading.model import Reading


@dataclass(slots=True)  # not frozen: made by the thousand, and never changed
class Event:
    """A trigger understood in its clause: what it may still need is found by the role rules."""

    scene: Scene
    frame: Frame
    start: int  # of the trigger
    end: int
    mood: Mood
    low: int  # the clause
    high: int
    lemma: str = ""
    object: tuple[int, int] | None = None  # the words that the trigger acts on, where the frame asks for some
    taken: tuple[str, ...] = ()  # agents that roles filled earlier hold

    @property
    def voice(self) -> str:
        """active, passive or noun."""
        return self.mood.voice

    @property
    def behind(self) -> bool:
        """True where the frame's object stands behind a preposition: "se lier par un accord"."""
        return bool(self.frame.words[self.scene.reading.language].behind)

    @property
    def several(self) -> bool:
        """True where more than one thing is acted on: "des ambassades", "four high commissions"."""
        return self.object is not None and plural(self.scene.reading.folded[slice(*self.object)])

    @property
    def opening(self) -> Reason:
        """The trigger as the first reason of whatever the frame gives."""
        words = self.scene.reading.text[self.start : self.end]
        return Reason("trigger", words, self.start, self.end, f"opens the frame {self.frame.id}")

    @property
    def signs(self) -> bool:
        """True where the frame says that an instrument is signed, in whatever words."""
        return self.frame.kind == "agreement" and self.frame.gives.get("status") == "signed"


def plural(noun: str) -> bool:
    """True for "ambassades", "high commissions", "consulats généraux"."""
    return any(word.endswith(("s", "ux")) for word in noun.replace("-", " ").split())


EACH_OTHER, WITH_PARTNER, OF_PAIR = "each to the other", "who acts, and the partner", "the article's pair"
"""Ways in which a role is filled."""


@dataclass(slots=True)  # not frozen: made by the thousand, and never changed
class Filler:
    """Who fills a role, by which words, and why; `inferred` when the clause itself does not say so."""

    codes: tuple[str, ...]
    start: int
    end: int
    why: str
    persons: tuple[int, ...] = ()
    inferred: bool = False
    way: str = ""  # one of the ways above, which rules further on ask for

    def reason(self, role: str, reading: Reading) -> Reason:
        """The filler as a reason for one role."""
        return Reason(role, reading.text[self.start : self.end], self.start, self.end, self.why)
