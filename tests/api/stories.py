"""A few originally worded articles with what they say, written out by hand: enough for every page to have something to show."""

from __future__ import annotations

from graph.model.claims import Claim, Link, Reason, Source, SourceClaims, Span

KIGALI = """Rabat et Kigali ont signé ce mercredi 18 juin un accord de défense. \
Le ministre délégué marocain Salim Berrada et le ministre rwandais de la Défense Jean Mugisha l'ont paraphé à Rabat. \
L'accord crée une commission militaire mixte qui siégera tour à tour à Rabat et à Kigali."""

ENGLISH = """Morocco and Rwanda signed a defence agreement in Kigali on 18 June 2025. \
Jean Mugisha, Rwanda's defence minister, later met Salim Berrada in Rabat. \
Belgium will open an embassy in Kigali next year."""

HOSTILE = """<script>window.hacked = 1</script> Alpha signed. \
Belgium and France signed a treaty in "><img src=x onerror=hacked()> on 2 May 2024."""

EVIL_TITLE = """"><script>window.hacked = 2</script>'; alert(1) //"""
EVIL_PERSON = """Zed <img src=x onerror="window.hacked=3"> O'Nil"""
EVIL_PLACE = "{{7*7}}<svg onload=window.hacked=4>"
EVIL_ADDRESS = "javascript:window.hacked=5"


def span(text: str, quote: str) -> Span:
    """Where a quote stands in a text."""
    start = text.index(quote)
    return Span(start, start + len(quote), quote)


def because(text: str, role: str, words: str, why: str) -> Reason:
    """A reason for a role, by the words that carry it."""
    start = text.index(words)
    return Reason(role, words, start, start + len(words), why)


def _kigali() -> SourceClaims:
    text = KIGALI
    accord = Claim(
        "agreement",
        {
            "parties": ("MAR", "RWA"),
            "date": "2025-06-18",
            "type": "agreement",
            "status": "signed",
            "place": "Rabat",
            "domains": ("defence", "training"),
            "signatories": ("Salim Berrada", "Jean Mugisha"),
        },
        (span(text, "ont signé ce mercredi 18 juin un accord de défense"),),
        0.95,
        "agreement.sign.fr",
        reasons=(
            because(text, "trigger", "ont signé", "un verbe de signature"),
            because(text, "parties", "Rabat et Kigali", "des capitales sujets du verbe"),
        ),
    )
    body = Claim(
        "body",
        {
            "parties": ("MAR", "RWA"),
            "type": "joint_military_commission",
            "status": "established",
            "seats": ("Rabat", "Kigali"),
            "date": "2025-06-18",
        },
        (span(text, "crée une commission militaire mixte"),),
        0.9,
        "body.create.fr",
        reasons=(because(text, "trigger", "crée", "un verbe de création"),),
        links=(Link("foundingAccord", 0, "le sujet est l'accord"),),
    )
    minister = Claim(
        "office",
        {"person": "Jean Mugisha", "office": "minister_defence", "of": "RWA"},
        (span(text, "le ministre rwandais de la Défense Jean Mugisha"),),
        0.95,
        "office.title.fr",
    )
    source = Source(
        text,
        title="Rabat et Kigali créent une commission militaire",
        url="https://news.example/rabat-kigali",
        publisher="Le Courrier d'essai",
        language="fr",
        published="2025-06-18",
    )
    return SourceClaims(source, (accord, body, minister))


def _english() -> SourceClaims:
    text = ENGLISH
    accord = Claim(
        "agreement",
        {
            "parties": ("MAR", "RWA"),
            "date": "2025-06-18",
            "type": "agreement",
            "status": "signed",
            "place": "Kigali",
            "domains": ("defence",),
        },
        (span(text, "signed a defence agreement in Kigali on 18 June 2025"),),
        0.9,
        "agreement.sign.en",
        reasons=(because(text, "trigger", "signed", "a verb of signing"),),
    )
    meeting = Claim(
        "meeting",
        {"participants": ("Jean Mugisha", "Salim Berrada"), "parties": ("MAR", "RWA"), "place": "Rabat", "format": "in_person"},
        (span(text, "later met Salim Berrada in Rabat"),),
        0.85,
        "meeting.meet.en",
        reasons=(because(text, "trigger", "met", "a verb of meeting"),),
    )
    mission = Claim(
        "mission",
        {"sender": "BEL", "host": "RWA", "type": "embassy", "status": "planned", "place": "Kigali", "date": "2026"},
        (span(text, "will open an embassy in Kigali next year"),),
        0.8,
        "mission.open.en",
    )
    source = Source(
        text,
        title="Morocco and Rwanda sign on defence",
        url="https://news.example/morocco-rwanda",
        publisher="The Test Courier",
        language="en",
        published="2025-06-19",
    )
    return SourceClaims(source, (accord, meeting, mission))


def _hostile() -> SourceClaims:
    text = HOSTILE
    treaty = Claim(
        "agreement",
        {
            "parties": ("BEL", "FRA"),
            "date": "2024-05-02",
            "type": "treaty",
            "status": "signed",
            "place": EVIL_PLACE,
            "signatories": (EVIL_PERSON,),
            "name": EVIL_TITLE,
        },
        (span(text, text),),
        0.9,
        "agreement.sign.en<script>",
        reasons=(because(text, "trigger", "signed", "<script>window.hacked = 6</script>"),),
    )
    source = Source(text, title=EVIL_TITLE, url=EVIL_ADDRESS, publisher=EVIL_TITLE, language="en", published="2024-05-03")
    return SourceClaims(source, (treaty,))


STORIES = (_kigali(), _english())
HOSTILE_STORIES = (*STORIES, _hostile())
