"""Small invented articles: what later sentences add, lists, links, merging, and how sure the claims are."""

from __future__ import annotations

from graph.model.claims import Claim
from tests.loaders.reading.frames.reading_kit import facts, matches

DEFENCE = """Défense : le Népal et la Zambie s'engagent
Le ministre népalais de la Défense, Anil Thapa, a signé le 3 mars 2024 à Lusaka, avec son homologue zambien, \
Moses Banda, un accord de coopération militaire.
Cet accord porte sur la formation, la santé militaire et le soutien logistique.
Une commission militaire mixte sera créée ; cette instance se réunira en alternance à Katmandou et à Lusaka.
"""


def only(kind: str, claims: tuple[Claim, ...]) -> Claim:
    found = [claim for claim in claims if claim.kind == kind]
    assert len(found) == 1, [dict(claim.fields) for claim in found]
    return found[0]


def test_a_later_sentence_adds_what_the_accord_covers() -> None:
    accord = only("agreement", facts(DEFENCE, "fr", "2024-03-04"))
    assert matches(
        {"parties": ["NPL", "ZMB"], "date": "2024-03-03", "place": "Lusaka", "signatories": ["Anil Thapa", "Moses Banda"]},
        accord,
    )
    domains = accord.fields["domains"]
    assert isinstance(domains, tuple)
    assert set(domains) == {"defence", "training", "health", "logistics"}
    assert len(accord.evidence) == 2


def test_a_body_is_tied_to_the_accord_that_founds_it() -> None:
    claims = facts(DEFENCE, "fr", "2024-03-04")
    body = only("body", claims)
    assert matches({"type": "joint_military_commission", "status": "planned", "seats": ["Katmandou", "Lusaka"]}, body)
    assert [link.property for link in body.links] == ["foundingAccord"]


def test_evidence_is_the_text_itself() -> None:
    for claim in facts(DEFENCE, "fr", "2024-03-04"):
        assert claim.evidence
        assert all(DEFENCE[span.start : span.end] == span.quote for span in claim.evidence)


def test_a_list_of_instruments_gives_one_accord_each() -> None:
    text = """Visite d'État : trois textes signés
Le 5 avril 2023, l'Uruguay et la Thaïlande ont signé trois accords :
1. un mémorandum d'entente sur la pêche ;
2. un accord relatif aux services aériens ;
3. un protocole sur l'extradition.
"""
    found = [claim for claim in facts(text, "fr", "2023-04-06") if claim.kind == "agreement"]
    assert sorted(str(claim.fields["type"]) for claim in found) == ["agreement", "memorandum", "protocol"]
    assert all(matches({"parties": ["URY", "THA"], "date": "2023-04-05"}, claim) for claim in found)
    assert all("count" not in claim.fields for claim in found)


def test_telling_a_fact_twice_gives_one_claim_that_is_surer() -> None:
    once = "Kenya severed diplomatic relations with Norway on 4 May 2022."
    twice = once + " The foreign ministry in Nairobi gave no reason. Kenya severed diplomatic relations with Norway last year."
    single, double = only("relation", facts(once, "en")), only("relation", facts(twice, "en"))
    assert double.confidence > single.confidence
    assert len(double.evidence) == 2
    assert double.fields["date"] == "2022-05-04"


def test_a_host_or_mediator_is_no_party() -> None:
    text = "Kenya and Nepal signed a peace agreement on 4 May 2022 in Doha, in the presence of Qatar's foreign minister."
    assert matches({"parties": ["KEN", "NPL"], "place": "Doha"}, only("agreement", facts(text, "en")))


def test_every_claim_says_why() -> None:
    for claim in facts(DEFENCE, "fr", "2024-03-04"):
        assert claim.rule
        assert all(DEFENCE[reason.start : reason.end] == reason.words for reason in claim.reasons)


def test_an_article_on_sport_says_nothing() -> None:
    text = """Coupe : le Pérou bat la Norvège
L'attaquant péruvien Luis Advíncula a signé un doublé face à la Norvège. Le sélectionneur a rencontré la presse.
Son club a trouvé un accord avec un autre club norvégien, et le joueur devrait visiter ses nouvelles installations.
"""
    assert not facts(text, "fr", "2022-05-05")
