"""Where it happened, when the sentence itself does not say."""

from __future__ import annotations

from loaders.reading.frames.memory import Memory
from loaders.reading.frames.scene import Scene
from loaders.reading.model import PLACE, Mention

_PLACE_BACK = 350  # characters before in which the place may have been named


def place_before(scene: Scene, offset: int, memory: Memory) -> Mention | None:
    """The one city named shortly before, else the dateline; None where several were named."""
    reading = scene.reading
    paragraph = reading.paragraphs[scene.sentence.paragraph]
    found = reading.mentions_in(min(paragraph.start, max(0, offset - _PLACE_BACK)), offset, PLACE)
    names = {scene.reading.folded[mention.start : mention.end] for mention in found}
    if len(names) > 1:
        return None  # which of them is not said
    return found[-1] if found else memory.place
