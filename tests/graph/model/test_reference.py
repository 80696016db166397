from pathlib import Path

import pytest

from graph.errors import BadData, UnknownTerm
from graph.model.agents import Organisation, State
from graph.model.files import SCHEMA
from graph.model.reference import Reference, load_reference
from graph.model.reference_files import FILES
from graph.model.terms import load_ontology
from graph.model.turtle import read_blocks

PREFIXES = """
@prefix dip: <https://w3id.org/diplograph/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@base <https://w3id.org/diplograph/id/> .
"""
FREEDONIA = """
<state/FRE> a dip:State ; dip:code "FRE" ; dip:mayBeParty true ; skos:prefLabel "Freedonie"@fr, "Freedonia"@en .
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("states", "organisations", "places", "homonyms"):
        (tmp_path / f"{name}.ttl").write_text(PREFIXES, encoding="utf-8")
    return tmp_path


def load(folder: Path, states: str, places: str = "") -> Reference:
    (folder / "states.ttl").write_text(PREFIXES + states, encoding="utf-8")
    (folder / "places.ttl").write_text(PREFIXES + places, encoding="utf-8")
    return load_reference(folder)


def test_state_has_everything_its_block_says(folder: Path) -> None:
    block = """
    <state/FRE> a dip:HistoricState ; dip:code "FRE" ; dip:iso2 "FE" ; dip:isoNumeric "999" ;
        dip:cowCode "FRD" ; dip:cowNumber 999 ; dip:wikidata "Q42" ;
        dip:validFrom "1918"^^xsd:gYear ; dip:validUntil "1933-11-17"^^xsd:date ; dip:successor <state/SYL> ;
        dip:mayBeParty true ; skos:prefLabel "Freedonie"@fr, "Freedonia"@en ; dip:article "la"@fr ;
        dip:officialName "République libre de Freedonie"@fr ; skos:altLabel "Fredonia"@en ;
        dip:demonym "freedonien"@fr, "Freedonian"@en ; dip:compoundPrefix "freedono"@fr ;
        dip:governmentName "palais de Firefly"@fr ; dip:ambiguousName "Fredonia"@en .
    <state/SYL> a dip:State ; dip:code "SYL" ; dip:mayBeParty false ; dip:territoryOf <state/FRE> ;
        skos:prefLabel "Sylvanie"@fr, "Sylvania"@en .
    """
    state = load(folder, block).states["FRE"]
    assert state == State(
        code="FRE",
        names={"fr": ("Freedonie", "République libre de Freedonie"), "en": ("Freedonia", "Fredonia")},
        official={"fr": ("République libre de Freedonie",), "en": ()},
        article="la",
        demonyms={"fr": ("freedonien",), "en": ("Freedonian",)},
        prefixes={"fr": ("freedono",), "en": ()},
        government_names={"fr": ("palais de Firefly",), "en": ()},
        ambiguous=frozenset({"Fredonia"}),
        iso2="FE",
        iso_numeric="999",
        cow_code="FRD",
        cow_number=999,
        wikidata="Q42",
        since="1918",
        until="1933-11-17",
        successors=("SYL",),
        territory_of=None,
        party=True,
        historic=True,
    )
    territory = load_reference(folder).states["SYL"]
    assert (territory.party, territory.historic, territory.territory_of) == (False, False, "FRE")


def test_city_knows_its_state_and_whom_it_stands_for(folder: Path) -> None:
    place = """
    <city/f> a dip:City ; dip:cityOf <state/FRE> ; dip:isCapital true ; dip:standsFor <state/FRE> ;
        dip:latitude 45.0 ; dip:longitude -12.3 ; skos:prefLabel "F"@fr, "F"@en .
    """
    reference = load(folder, FREEDONIA, place)
    assert [(city.key, city.state, city.capital, city.stands_for) for city in reference.cities] == [("f", "FRE", True, "FRE")]
    assert reference.capitals("FRE") == reference.cities
    assert [(city.latitude, city.longitude) for city in reference.cities] == [(45.0, -12.3)]


@pytest.mark.parametrize(
    ("states", "complaint"),
    [
        (FREEDONIA.replace('"FRE"', '"FRX"'), "state/FRE has the code FRX"),
        (FREEDONIA.replace(', "Freedonia"@en', ""), "state/FRE has 0 preferred names @en"),
        (FREEDONIA.replace("@en", "@de"), "write text marked @fr or @en"),
        (FREEDONIA.replace("dip:mayBeParty true", 'dip:mayBeParty "yes"'), "write true or false"),
        (FREEDONIA.replace("dip:code", "dip:capitol true ; dip:code"), "says capitol, which a state has not"),
        (FREEDONIA.replace("dip:code", "dip:successor <state/SYL> ; dip:code"), "which is not described"),
        (FREEDONIA.replace("dip:code", "dip:successor <organisation/SYL> ; dip:code"), "which is not described"),
        (
            FREEDONIA.replace("dip:code", 'dip:ambiguousName "Groucho"@en ; dip:code'),
            "'Groucho'@en as ambiguous, which is none of its forms",
        ),
        (FREEDONIA.replace("dip:code", 'dip:article "der"@fr ; dip:code'), "has the article 'der'"),
        (FREEDONIA.replace("dip:code", "dip:cowNumber 999 ; dip:code"), "give both or none"),
        (FREEDONIA.replace("dip:code", 'dip:validFrom "yesterday" ; dip:code'), "'yesterday' is no date"),
        (FREEDONIA.replace("dip:State", "dip:Person"), "state/FRE is no dip:State"),
        (FREEDONIA.replace("<state/FRE>", "<city/FRE>"), "city/FRE is no <state/…>"),
        (FREEDONIA + "unfinished", "states.ttl"),
        (FREEDONIA + "[] a dip:State .", "blank node"),
    ],
)
def test_malformed_block_is_refused_with_file_and_subject(folder: Path, states: str, complaint: str) -> None:
    with pytest.raises(BadData) as error:
        load(folder, states)
    assert complaint in str(error.value)
    assert "states.ttl" in str(error.value)


def test_city_in_no_state_is_refused(folder: Path) -> None:
    with pytest.raises(BadData, match=r"places.ttl: city/f lies in no state"):
        load(folder, FREEDONIA, '<city/f> a dip:City ; dip:isCapital false ; skos:prefLabel "F"@fr, "F"@en .')


@pytest.mark.parametrize(
    ("where", "complaint"),
    [
        ("dip:latitude 45.0", "city/f has no longitude"),
        ("dip:longitude 45.0", "city/f has no latitude"),
        ("dip:latitude 91.0 ; dip:longitude 0.0", "one decimal from -90 to 90"),
        ("dip:latitude 0.0 ; dip:longitude -180.1", "one decimal from -180 to 180"),
        ('dip:latitude "45°N" ; dip:longitude 0.0', "one decimal from -90 to 90"),
        ("dip:latitude 45.0, 46.0 ; dip:longitude 0.0", "has 2 values of latitude"),
    ],
)
def test_city_that_is_nowhere_on_the_map_is_refused(folder: Path, where: str, complaint: str) -> None:
    place = f'<city/f> a dip:City ; dip:cityOf <state/FRE> ; dip:isCapital false ; skos:prefLabel "F"@fr, "F"@en ; {where} .'
    with pytest.raises(BadData, match=r"places\.ttl") as error:
        load(folder, FREEDONIA, place)
    assert complaint in str(error.value)


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadData, match=r"states\.ttl"):
        load_reference(tmp_path)


def test_agent_is_a_state_or_an_organisation() -> None:
    reference = load_reference()
    assert isinstance(reference.agent("RWA"), State)
    assert isinstance(reference.agent("ECOWAS"), Organisation)
    assert reference.iri("RWA") == "https://w3id.org/diplograph/id/state/RWA"
    assert reference.iri("ECOWAS") == "https://w3id.org/diplograph/id/organisation/ECOWAS"


@pytest.mark.parametrize(("wrong", "hint"), [("Morocco", "MAR"), ("mar", "MAR"), ("ECOWA", "ECOWAS"), ("???", "alpha-3")])
def test_unknown_code_is_answered_with_the_nearest(wrong: str, hint: str) -> None:
    with pytest.raises(UnknownTerm, match=hint):
        load_reference().agent(wrong)


def test_labels_in_both_languages_and_no_other() -> None:
    reference = load_reference()
    assert (reference.label("CIV", "fr"), reference.label("CIV", "en")) == ("Côte d'Ivoire", "Ivory Coast")
    assert (reference.label("NATO", "fr"), reference.label("UN", "en")) == (
        "Organisation du traité de l'Atlantique nord",
        "United Nations",
    )
    with pytest.raises(UnknownTerm, match="fr or en"):
        reference.label("CIV", "de")


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("MAROC", "MAR"),
        ("cote d’ivoire", "CIV"),
        ("Guinée Bissau", "GNB"),
        ("Congo - Kinshasa", "COD"),
        ("ONU", "UN"),
        ("CÉDÉAO", "ECOWAS"),
        ("Zaïre", "COD"),
        ("the moon", None),
        ("BID", None),
    ],
)
def test_find_takes_any_spelling_of_one_agents_name(name: str, code: str | None) -> None:
    assert load_reference().find(name) == code


def test_preferred_name_goes_before_another_agents_variant() -> None:
    reference = load_reference()
    assert "Congo" in reference.states["COD"].names["fr"]
    assert reference.find("Congo") == "COG"
    assert reference.find("Korea") is None


def test_reference_is_read_once() -> None:
    assert load_reference() is load_reference()


def test_files_say_only_what_the_ontology_declares() -> None:
    ontology = load_ontology()
    blocks = [block for name in FILES for block in read_blocks(SCHEMA / name)]
    said = {name for block in blocks for name in block.values if "://" not in name}
    assert said <= set(ontology.properties)
    several = {name for block in blocks for name, values in block.values.items() if len(values) > 1 and "://" not in name}
    assert all(ontology.is_multiple(name) for name in several)
