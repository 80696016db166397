"""The states of the world: who is there, under which names, and which names collide."""

import csv
import gettext
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pycountry
import pytest
from babel import Locale

from graph.model.agents import State
from graph.model.folding import fold
from graph.model.reference import Reference, load_reference
from graph.model.turtle import LANGUAGES

OBSERVERS = {"VAT", "PSE"}
OTHERS = {"XKX", "TWN", "ESH", "COK", "NIU", "XSL", "XNC", "XAB", "XSO", "XTN"}
WITHOUT_ADJECTIVE = {("VAT", "en")}  # "Vatican" is both
SHARED_DEMONYMS = {
    "congolais": {"COD", "COG"},
    "congolaise": {"COD", "COG"},
    "congolaises": {"COD", "COG"},
    "congolese": {"COD", "COG"},
    "dominican": {"DMA", "DOM"},
    "dominicans": {"DMA", "DOM"},
    "guyanais": {"GUF", "GUY"},
    "guyanaise": {"GUF", "GUY"},
    "guyanaises": {"GUF", "GUY"},
}
LONG_FORMS = {"HKG", "MAC", "SGS", "VCT"}  # CLDR describes or shortens them in its own way
OUTSIDE_COW = {"VAT", "PSE"} | OTHERS - {"XKX", "TWN"}


def pairs(text: str) -> list[tuple[str, str]]:
    """`a = X; b = Y` as pairs."""
    return [(left.strip(), right.strip()) for left, _, right in (item.partition("=") for item in text.split(";"))]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


@pytest.fixture(scope="module")
def current(reference: Reference) -> list[State]:
    return [state for state in reference.states.values() if state.party and not state.historic]


def forms(state: State) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for group in (state.names, state.demonyms, state.government_names):
            yield from ((language, form) for form in group[language])


def test_every_member_of_the_united_nations_is_there(current: list[State]) -> None:
    codes = {state.code for state in current}
    assert codes >= OBSERVERS | OTHERS
    assert len(codes - OBSERVERS - OTHERS) == 193


def test_every_country_of_iso_3166_is_there_with_its_codes(reference: Reference) -> None:
    for country in pycountry.countries:
        state = reference.states[country.alpha_3]
        assert (state.iso2, state.iso_numeric, state.historic) == (country.alpha_2, country.numeric, False)


def test_codes_of_others_are_left_to_users_by_iso_3166_or_historic(reference: Reference) -> None:
    assigned = {country.alpha_3 for country in pycountry.countries}
    former = {country.alpha_3 for country in pycountry.historic_countries}
    for state in reference.states.values():
        if state.code not in assigned:
            assert re.fullmatch("X[A-Z]{2}", state.code) or state.code in former or state.code == state.cow_code, state.code
            assert state.iso2 is None and state.iso_numeric is None


@pytest.mark.parametrize("field", ["iso2", "iso_numeric", "wikidata"])
def test_identifiers_are_unique(reference: Reference, field: str) -> None:
    values = [value for state in reference.states.values() if (value := getattr(state, field))]
    assert len(values) == len(set(values)) > 190


def test_states_of_today_have_cow_codes_of_their_own(current: list[State]) -> None:
    assert {state.code for state in current if state.cow_number is None} == OUTSIDE_COW
    numbers = [state.cow_number for state in current if state.cow_number]
    letters = [state.cow_code for state in current if state.cow_code]
    assert len(numbers) == len(set(numbers)) and len(letters) == len(set(letters))
    assert all(len(code) == 3 for code in letters)


@pytest.mark.parametrize(
    ("code", "number"), [("USA", 2), ("FRA", 220), ("DEU", 255), ("MAR", 600), ("RWA", 517), ("CHN", 710), ("YEM", 679)]
)
def test_cow_numbers(reference: Reference, code: str, number: int) -> None:
    assert reference.states[code].cow_number == number


def test_cow_numbers_agree_with_gleditsch_and_wards_where_these_follow_cow(reference: Reference, shared: Path) -> None:
    differ = {"DEU", "YEM", "SRB", "FJI"}  # Gleditsch and Ward number these, or spell the code of Fiji, otherwise
    with (shared / "data/states/manystates_GW.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["End"].startswith("2017") and row["stateID"] not in differ]
    assert len(rows) > 160
    codes = {"KOS": "XKX"}
    for row in rows:
        state = reference.states[codes.get(row["stateID"], row["stateID"])]
        assert (state.cow_number, state.cow_code) == (int(row["cowNR"]), row["cowID"]), row["stateID"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_has_names_and_demonyms(current: list[State], language: str) -> None:
    for state in current:
        assert len(set(state.names[language])) == len(state.names[language]) >= 1
        if (state.code, language) not in WITHOUT_ADJECTIVE:
            assert state.demonyms[language], f"{state.code} has no demonym @{language}"
        assert state.official[language], f"{state.code} has no official name @{language}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_the_unicode_repository_find_their_state(reference: Reference, language: str) -> None:
    names = Locale(language).territories
    for country in pycountry.countries:
        if country.alpha_3 not in LONG_FORMS:
            name = names[country.alpha_2].replace("St. ", "Saint ").replace(" & ", " and " if language == "en" else " et ")
            assert reference.find(name) == country.alpha_3, name


def test_names_of_pycountry_find_their_state(reference: Reference) -> None:
    french = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["fr"]).gettext
    found = [
        reference.find(name) == country.alpha_3
        for country in pycountry.countries
        for name in (country.name, french(country.name))
    ]
    assert sum(found) / len(found) > 0.9  # the rest are inverted ("Corée, République de") or bracketed
    plain = [country for country in pycountry.countries if not re.search(r"[,()]", country.name)]
    assert {country.alpha_3 for country in plain if reference.find(country.name) != country.alpha_3} <= {"HMD"}


def test_every_name_belongs_to_one_state_or_is_marked(reference: Reference) -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for state in reference.states.values():
        for language in LANGUAGES:
            for name in state.names[language]:
                owners[language, fold(name)].add(state.code)
    shared = {name: codes for (_, name), codes in owners.items() if len(codes) > 1}
    assert shared == {"congo": {"COD", "COG"}, "coree": {"KOR", "PRK"}, "korea": {"KOR", "PRK"}}
    for name, codes in shared.items():
        for code in codes:
            assert name in {fold(form) for form in reference.states[code].ambiguous}


def test_demonyms_of_two_states_are_few_and_marked(reference: Reference) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for state in reference.states.values():
        for language in LANGUAGES:
            for form in state.demonyms[language]:
                owners[fold(form)].add(state.code)
    shared = {form: codes for form, codes in owners.items() if len(codes) > 1}
    assert shared == SHARED_DEMONYMS
    for form, codes in shared.items():
        assert all(form in {fold(name) for name in reference.states[code].ambiguous} for code in codes), form


def test_no_demonym_is_another_states_name(reference: Reference) -> None:
    names = {
        (language, fold(name)): state.code
        for state in reference.states.values()
        for language in LANGUAGES
        for name in state.names[language]
    }
    clashes = {
        (form, state.code, names[language, fold(form)])
        for state in reference.states.values()
        for language in LANGUAGES
        for form in state.demonyms[language]
        if names.get((language, fold(form)), state.code) != state.code
    }
    assert clashes == set()


def test_prefixes_belong_to_one_state(reference: Reference) -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for state in reference.states.values():
        for language in LANGUAGES:
            for form in state.prefixes[language]:
                owners[language, fold(form)].add(state.code)
    assert {form: codes for form, codes in owners.items() if len(codes) > 1} == {("fr", "congolo"): {"COD", "COG"}}


def test_every_form_is_written_cleanly(reference: Reference) -> None:
    for state in reference.states.values():
        for _, form in forms(state):
            assert form == " ".join(form.split()) and re.fullmatch(r"[^\W\d_][\w '’.,&()/-]*|10 Downing Street", form), (
                f"{state.code}: {form!r}"
            )


def test_french_adjectives_are_in_lower_case(reference: Reference) -> None:
    capital = {form for state in reference.states.values() for form in state.demonyms["fr"] if form != form.lower()}
    assert capital == {"Suissesse", "Suissesses"}


FEMININES = {
    "marocain": "marocaines",
    "paraguayen": "paraguayennes",
    "grec": "grecques",
    "turc": "turque",
    "suédois": "suédoises",
}


@pytest.mark.parametrize(("masculine", "feminine"), FEMININES.items())
def test_demonyms_have_their_feminine_and_plural(reference: Reference, masculine: str, feminine: str) -> None:
    assert any({masculine, feminine} <= set(state.demonyms["fr"]) for state in reference.states.values())


def test_masculine_demonyms_in_en_and_ais_are_inflected_in_full(reference: Reference) -> None:
    for state in reference.states.values():
        held = set(state.demonyms["fr"])
        for form in held:
            if re.search(r"(ien|éen|yen)$", form) and " " not in form:
                assert {form + "ne", form + "s", form + "nes"} <= held, form
            elif re.search(r"(ais|ois)$", form) and " " not in form:
                assert {form + "e", form + "es"} <= held, form


def test_successors_come_after_and_chains_end(reference: Reference) -> None:
    for state in reference.states.values():
        assert state.historic == bool(state.successors), state.code
        for code in state.successors:
            later = reference.states[code]
            assert later.until is None or later.until > (state.until or ""), f"{state.code} -> {code}"
        if state.historic:
            assert state.until is not None and (state.since is None or state.since < state.until)
            assert state.until >= "1900", f"{state.code} ended before 1900"
        else:
            assert state.until is None


def test_territories_belong_to_states_of_today(reference: Reference) -> None:
    for state in reference.states.values():
        if not state.party and not state.historic and state.code != "ATA":
            assert state.territory_of is not None and reference.states[state.territory_of].party, state.code


@pytest.mark.parametrize(
    ("name", "code"),
    pairs(
        """
        Niger = NER; Nigeria = NGA; Nigéria = NGA; Guinée = GIN; Guinée-Bissau = GNB; Guinée équatoriale = GNQ;
        Papouasie-Nouvelle-Guinée = PNG; Guinea = GIN; Equatorial Guinea = GNQ; Guinea-Bissau = GNB;
        Papua New Guinea = PNG; RDC = COD; Congo-Brazzaville = COG; République du Congo = COG;
        Democratic Republic of the Congo = COD; Corée du Nord = PRK; Corée du Sud = KOR; République de Corée = KOR;
        RPDC = PRK; Dominica = DMA; Dominique = DMA; Dominican Republic = DOM; République dominicaine = DOM;
        Georgia = GEO; Jordan = JOR; Chad = TCD; Grenade = GRD; Grenada = GRD; Samoa = WSM; Samoa américaines = ASM;
        American Samoa = ASM; Western Samoa = WSM; Soudan = SDN; Soudan du Sud = SSD; South Sudan = SSD;
        Soudan français = MLI; British Virgin Islands = VGB; Îles Vierges américaines = VIR; Virgin Islands = VIR;
        Macédoine du Nord = MKD; Macedonia = MKD; FYROM = MKD; Ireland = IRL; Irlande = IRL; Timor-Leste = TLS;
        East Timor = TLS; Timor oriental = TLS; Austria = AUT; Australia = AUS; Slovénie = SVN; Slovaquie = SVK;
        Gambie = GMB; Zambie = ZMB; Maurice = MUS; Mauritanie = MRT; Guyana = GUY; Guyane = GUF; Yémen du Sud = YMD;
        Viêt Nam du Sud = RVN; URSS = SUN; Yougoslavie = YUG; Tchécoslovaquie = CSK; RDA = DDR; RFA = DEU;
        Zanzibar = ZAN; Zaïre = COD; Haute-Volta = BFA; Dahomey = BEN; Birmanie = MMR; Ceylan = LKA; Siam = THA;
        Perse = IRN; Türkiye = TUR; Turquie = TUR; Grande-Bretagne = GBR; Etats-Unis = USA; U.S. = USA;
        Émirats = ARE; Royaume chérifien = MAR; RASD = ESH; Saint-Siège = VAT;
        Centrafrique = CAF
        """
    ),
)
def test_names_that_are_easily_confused(reference: Reference, name: str, code: str) -> None:
    assert reference.find(name) == code


@pytest.mark.parametrize(
    ("demonym", "code"),
    pairs(
        """
        nigérien = NER; nigérian = NGA; Nigerien = NER; Nigerian = NGA; bissau-guinéenne = GNB;
        équato-guinéens = GNQ; guinéen = GIN; sud-coréen = KOR; nord-coréennes = PRK; dominiquais = DMA;
        dominicaine = DOM; burkinabè = BFA; burkinabé = BFA; centrafricain = CAF; sud-africaine = ZAF; émirati = ARE;
        saoudienne = SAU; malgache = MDG; soviétique = SUN; est-allemand = DDR; Dutch = NLD; Danes = DNK;
        Poles = POL; Filipino = PHL; Philippine = PHL; Swiss = CHE; Emirati = ARE; Rwandan = RWA; hellénique = GRC;
        britannique = GBR; états-unien = USA; mauricien = MUS; mauritanienne = MRT; sud-soudanais = SSD;
        autrichien = AUT; australien = AUS
        """
    ),
)
def test_demonyms_that_are_easily_confused(reference: Reference, demonym: str, code: str) -> None:
    owners = {state.code for state in reference.states.values() if demonym in (*state.demonyms["fr"], *state.demonyms["en"])}
    assert owners == {code}


@pytest.mark.parametrize(
    ("prefix", "code"),
    pairs(
        """
        franco = FRA; maroco = MAR; russo = RUS; sino = CHN; américano = USA; germano = DEU; algéro = DZA;
        hispano = ESP; italo = ITA; turco = TUR; indo = IND; israélo = ISR; nippo = JPN; luso = PRT; anglo = GBR;
        austro = AUT; australo = AUS; nigéro = NER; mauritano = MRT; sud-coréano = KOR; irano = IRN; saoudo = SAU
        """
    ),
)
def test_first_halves_of_compounds(reference: Reference, prefix: str, code: str) -> None:
    assert {state.code for state in reference.states.values() if prefix in state.prefixes["fr"]} == {code}


@pytest.mark.parametrize(
    ("code", "form"),
    pairs(
        """
        JOR = Jordan; TCD = Chad; GEO = Georgia; GIN = Guinea; NER = Niger; OMN = Oman; GRD = Grenade; MUS = Maurice;
        MCO = Monaco; DMA = Dominique; COD = congolais; COG = Congo; ESH = Sahara occidental
        """
    ),
)
def test_names_that_are_also_something_else_are_marked(reference: Reference, code: str, form: str) -> None:
    assert form in reference.states[code].ambiguous


@pytest.mark.parametrize(
    ("code", "article"),
    [
        ("MAR", "le"),
        ("FRA", "la"),
        ("DZA", "l'"),
        ("COM", "les"),
        ("USA", "les"),
        ("CUB", None),
        ("ISR", None),
        ("GRD", "la"),
        ("NLD", "les"),
    ],
)
def test_french_articles(reference: Reference, code: str, article: str | None) -> None:
    assert reference.states[code].article == article


@pytest.mark.parametrize(
    ("code", "name"), [("RUS", "Kremlin"), ("USA", "Maison-Blanche"), ("FRA", "Quai d'Orsay"), ("GBR", "Downing Street")]
)
def test_what_stands_for_a_government(reference: Reference, code: str, name: str) -> None:
    assert {state.code for state in reference.states.values() if name in state.government_names["fr"]} == {code}


def test_elided_articles_stand_before_vowels_only(reference: Reference) -> None:
    for state in reference.states.values():
        vowel = fold(state.names["fr"][0])[0] in "aeiouy"
        if state.article is not None and state.article != "les":
            assert (state.article == "l'") == (vowel and not state.names["fr"][0].startswith("Y")), state.code
