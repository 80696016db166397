"""A party that a sentence leaves out is filled by what was told before of the same kind, and never where it is said unnamed."""

from __future__ import annotations

import pytest

from tests.loaders.reading.frames.reading_kit import facts, matches

FOUND = [
    (
        "fr",
        "Le Suriname suspendu du Commonwealth\n\nLe Suriname a été suspendu du Commonwealth le 3 mai 2021.\n"
        "C'est la deuxième fois : une première suspension avait été prononcée en 2004.\n",
        {"kind": "membership", "state": "SUR", "organisation": "COMMONWEALTH", "change": "suspended", "date": "2004"},
    ),
    (
        "fr",
        "Oslo : Dakar s'en va\n\nLe Sénégal a fermé son ambassade en Norvège en 2016.\nLe consulat avait été fermé en 2014.\n",
        {"kind": "mission", "sender": "SEN", "host": "NOR", "status": "closed", "type": "consulate", "date": "2014"},
    ),
    (
        "en",
        "Kigali stays in Maputo's north\n\nRwanda deployed 900 soldiers in Mozambique in 2021.\n"
        "A second contingent was deployed in 2022.\n",
        {"kind": "deployment", "sender": "RWA", "host": "MOZ", "status": "deployed", "date": "2022"},
    ),
    (
        "en",
        "Fiji and its club\n\nFiji was suspended from the Commonwealth in 2009.\n"
        "A first suspension had followed the coup of 2000.\n",
        {"kind": "membership", "state": "FJI", "organisation": "COMMONWEALTH", "change": "suspended", "date": "2000"},
    ),
]
NOT = [
    (
        "fr",
        "Dakar s'en va d'Oslo\n\nLe Sénégal a fermé son ambassade en Norvège en 2016.\n"
        "Plusieurs pays avaient fermé leur consulat en 2014.\n",
        {"kind": "mission", "type": "consulate"},
    ),
    (
        "fr",
        "Le Suriname suspendu du Commonwealth\n\nLe Suriname a été suspendu du Commonwealth le 3 mai 2021.\n"
        "La suspension des cours, elle, durera une semaine de plus.\n",
        {"kind": "membership", "change": "suspended", "date": "2021-05"},
    ),
    (
        "en",
        "Rwanda in Mozambique\n\nRwanda deployed 900 soldiers in Mozambique in 2021.\nA delegation left at noon on Tuesday.\n",
        {"kind": "deployment", "status": "withdrawn"},
    ),
]


@pytest.mark.parametrize(("language", "text", "wanted"), FOUND)
def test_a_party_left_out_is_the_one_told_before(language: str, text: str, wanted: dict[str, object]) -> None:
    claims = facts(text, language, "2024-05-04")
    found = [claim for claim in claims if matches(wanted, claim)]
    assert len(found) == 1, [dict(claim.fields) for claim in claims]


@pytest.mark.parametrize(("language", "text", "wrong"), NOT)
def test_who_is_not_named_on_purpose_is_not_filled_in(language: str, text: str, wrong: dict[str, object]) -> None:
    assert not [dict(claim.fields) for claim in facts(text, language, "2024-05-04") if matches(wrong, claim)]
