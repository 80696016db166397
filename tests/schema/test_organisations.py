from collections import defaultdict

import pytest

from graph.model.folding import fold
from graph.model.reference import Reference, load_reference
from graph.model.turtle import LANGUAGES

SHARED_ACRONYMS = {"BID": {"ISDB", "IADB"}, "IDB": {"ISDB", "IADB"}, "CPS": {"AU_PSC", "SPC"}}


def pairs(text: str) -> list[tuple[str, str]]:
    """`a = X; b = Y` as pairs."""
    return [(left.strip(), right.strip()) for left, _, right in (item.partition("=") for item in text.split(";"))]


@pytest.fixture(scope="module")
def reference() -> Reference:
    return load_reference()


def test_there_are_the_organisations_that_the_exchange_format_names(reference: Reference) -> None:
    named = "EU AU UN NATO OIC ARAB_LEAGUE ECOWAS CEMAC GCC SADC EAC G5_SAHEL AES ASEAN IMF WORLD_BANK"
    for code in named.split():
        assert reference.organisations[code].party
    assert len(reference.organisations) > 250


def test_codes_are_no_codes_of_states(reference: Reference) -> None:
    assert not set(reference.states) & set(reference.organisations)
    assert all(code == code.upper() and code.replace("_", "").isalnum() for code in reference.organisations)


def test_names_are_in_both_languages_and_belong_to_one(reference: Reference) -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for organisation in reference.organisations.values():
        for language in LANGUAGES:
            for name in organisation.names[language]:
                owners[language, fold(name)].add(organisation.code)
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}
    state_names = {
        (language, fold(name))
        for state in reference.states.values()
        for language in LANGUAGES
        for name in state.names[language]
    }
    assert not state_names & set(owners)


def test_acronyms_that_several_share_are_few(reference: Reference) -> None:
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for organisation in reference.organisations.values():
        for language in LANGUAGES:
            for acronym in organisation.acronyms[language]:
                owners[language, acronym].add(organisation.code)
    assert {acronym: codes for (_, acronym), codes in owners.items() if len(codes) > 1} == SHARED_ACRONYMS


def test_no_acronym_is_a_states_form(reference: Reference) -> None:
    states = {
        form
        for state in reference.states.values()
        for language in LANGUAGES
        for form in (*state.names[language], *state.demonyms[language])
    }
    acronyms = {
        acronym
        for organisation in reference.organisations.values()
        for language in LANGUAGES
        for acronym in organisation.acronyms[language]
    }
    assert acronyms & states == set()


def test_wikidata_ids_are_well_formed_and_unique(reference: Reference) -> None:
    ids = [agent.wikidata for agent in (*reference.organisations.values(), *reference.states.values()) if agent.wikidata]
    assert len(ids) == len(set(ids))
    assert all(qid[0] == "Q" and qid[1:].isdigit() for qid in ids)


def test_those_that_ended_began_before(reference: Reference) -> None:
    for organisation in reference.organisations.values():
        if organisation.until is not None:
            assert organisation.since is not None and organisation.since <= organisation.until
        assert all(code in reference.organisations for code in organisation.successors)


@pytest.mark.parametrize(
    ("name", "code"),
    pairs(
        """
        OTAN = NATO; NATO = NATO; ONU = UN; UE = EU; UA = AU; OCI = OIC; CCG = GCC; CEEAC = ECCAS; FMI = IMF;
        OMS = WHO; OMC = WTO; AIEA = IAEA; OSCE = OSCE; OCDE = OECD; OPEP = OPEC; HCR = UNHCR; OIT = ILO; CPI = ICC;
        CIJ = ICJ; BAD = AFDB; UEMOA = WAEMU; UMA = AMU; OEA = OAS; OTSC = CSTO; OCS = SCO; CEI = CIS; UEEA = EAEU;
        FINUL = UNIFIL; Conseil de l'Europe = COUNCIL_OF_EUROPE; Conseil européen = EUROPEAN_COUNCIL;
        Conseil de l'Union européenne = EU_COUNCIL; Ligue arabe = ARAB_LEAGUE; Banque mondiale = WORLD_BANK;
        Alliance des États du Sahel = AES; Union for the Mediterranean = UFM;
        African Union Commission = AU_COMMISSION; Pacific Islands Forum = PIF; Commonwealth = COMMONWEALTH;
        Commonwealth of Independent States = CIS; Francophonie = OIF; Société des Nations = LEAGUE_OF_NATIONS
        """
    ),
)
def test_names_and_acronyms_in_both_languages(reference: Reference, name: str, code: str) -> None:
    assert reference.find(name) == code


@pytest.mark.parametrize(
    ("part", "whole"),
    pairs("EUROPEAN_COMMISSION = EU; UNSC = UN; MONUSCO = UN; AU_COMMISSION = AU; KFOR = NATO; AFRICOM = USA"),
)
def test_parts_know_their_whole(reference: Reference, part: str, whole: str) -> None:
    assert reference.organisations[part].part_of == whole


def test_shared_acronyms_are_marked(reference: Reference) -> None:
    for acronym, codes in SHARED_ACRONYMS.items():
        assert all(acronym in reference.organisations[code].ambiguous for code in codes)
