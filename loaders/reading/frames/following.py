"""What later sentences add to the last accord: "cet accord porte sur …", "tels en sont les chapitres"."""

from __future__ import annotations

import re
from dataclasses import replace

from graph.model.claims import Reason
from loaders.reading.frames.instruments import instruments_in
from loaders.reading.frames.knowledge import Knowledge
from loaders.reading.frames.scene import Scene
from loaders.reading.model import Candidate


def follow_up(scene: Scene, knowledge: Knowledge, last: Candidate) -> Candidate | None:
    """The last accord with the domains that this sentence adds to it; None when it adds none."""
    reading = scene.reading
    start = _start(scene, knowledge, last)
    if start is None:
        return None
    domains = knowledge.domains.find(reading, start, scene.sentence.end)
    known = last.fields.get("domains", ())
    before = known if isinstance(known, tuple) else ()
    added = tuple(domain for domain in domains if domain not in before)
    if not added:
        return None
    fields = {**last.fields, "domains": (*before, *added)}
    why = "a later sentence tells what the last accord covers"
    reason = Reason("domains", reading.text[start : scene.sentence.end], start, scene.sentence.end, why)
    return replace(last, fields=fields, sentences=(*last.sentences, scene.sentence.index), reasons=(*last.reasons, reason))


def _start(scene: Scene, knowledge: Knowledge, last: Candidate) -> int | None:
    """Where the words begin that say what the last accord covers; None when the sentence does not speak of it."""
    reading, sentence = scene.reading, scene.sentence
    near = sentence.index - last.sentences[-1] <= 1
    if near and scene.grammar.phrases["sums_up"].search(reading.folded, sentence.start, sentence.end):
        return sentence.start  # "Pêche, culture, énergie : tels en sont les chapitres"
    part = scene.grammar.phrases["part_of"].match(reading.folded, sentence.start)
    if near and part is not None:
        return part.end()  # "Un volet particulier concerne la santé"
    found = instruments_in(scene, knowledge, sentence.start, sentence.end)
    spoken = next((one for one in found if one.back or one.definite), None)
    opening = reading.folded[sentence.start : sentence.start + 14]
    pronoun = near and re.match(r"(?:ils?|elles?|it|they|these|ce texte|celui-ci|ceux-ci|celles-ci) ", opening) is not None
    if spoken is None and not pronoun:
        return None
    covers = scene.grammar.phrases["covers"].search(reading.folded, spoken.end if spoken else sentence.start, sentence.end)
    opens = reading.folded.find(":", sentence.start, spoken.start) if spoken is not None else -1
    if covers is None and opens < 0:
        return None  # neither "l'accord porte sur …" nor "Pêche, culture, énergie : l'accord …"
    return sentence.start if opens >= 0 or covers is None else covers.start()
