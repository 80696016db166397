//+ title = { fr = "Panel dyade-année", en = "Dyad-year panel" }
//+ description.fr = "Le panel dyade-année des États, codes COW et ISO : événements par type PLOVER, accords signés et en vigueur, visites, niveau de représentation."
//+ description.en = "The dyad-year panel of states, with COW and ISO codes: events by PLOVER type, accords signed and in force, visits, level of representation."
//+ evidence = { question = "between", state = "iso_a", partner = "iso_b", since = "year", until = "year" }
//+ graph = { from = "iso_a", to = "iso_b" }
//+ then = "panel"
//+
//+ [params]
//+ state = { by_step = true, type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ partner = { by_step = true, type = "state", fr = "l’autre État", en = "the other state" }
//+ since = { by_step = true, type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { by_step = true, type = "date", fr = "pas après cette date", en = "not after this date" }
//+ balanced = { type = "text", by_step = true, default = "no", choices = ["no", "yes"], fr = "yes : chaque dyade a une ligne par année, même vide", en = "yes: each dyad has a row for every year, even an empty one" }
//+
//+ [columns]
//+ iso_a = { type = "text", fr = "code ISO 3166 du premier État, ou de l’État disparu", en = "ISO 3166 code of the first state, or of the dissolved state" }
//+ iso_b = { type = "text", fr = "code ISO 3166 du second", en = "ISO 3166 code of the second" }
//+ cow_a = { type = "integer", fr = "numéro Correlates of War du premier", en = "Correlates of War number of the first" }
//+ cow_b = { type = "integer", fr = "numéro Correlates of War du second", en = "Correlates of War number of the second" }
//+ cow_abb_a = { type = "text", fr = "abréviation Correlates of War du premier", en = "Correlates of War abbreviation of the first" }
//+ cow_abb_b = { type = "text", fr = "abréviation Correlates of War du second", en = "Correlates of War abbreviation of the second" }
//+ year = { type = "integer", fr = "année", en = "year" }
//+ agree = { type = "integer", fr = "événements PLOVER AGREE : accords annoncés ou négociés", en = "PLOVER events AGREE: accords announced or negotiated" }
//+ consult = { type = "integer", fr = "CONSULT : rencontres, sessions, visites faites", en = "CONSULT: meetings, sessions, visits made" }
//+ support = { type = "integer", fr = "SUPPORT : accords signés, relations établies ou rehaussées, missions ouvertes", en = "SUPPORT: accords signed, relations established or upgraded, missions opened" }
//+ concede = { type = "integer", fr = "CONCEDE : sanctions, visas ou frontières levés", en = "CONCEDE: sanctions, visas or borders eased" }
//+ cooperate = { type = "integer", fr = "COOPERATE : troupes déployées chez l’autre", en = "COOPERATE: troops deployed with the other" }
//+ aid = { type = "integer", fr = "AID : aides", en = "AID: aid" }
//+ retreat = { type = "integer", fr = "RETREAT : troupes retirées", en = "RETREAT: troops withdrawn" }
//+ accuse = { type = "integer", fr = "ACCUSE : ambassadeurs convoqués", en = "ACCUSE: ambassadors summoned" }
//+ sanction = { type = "integer", fr = "SANCTION : relations rompues, rappels, expulsions, sanctions, missions fermées", en = "SANCTION: relations severed, recalls, expulsions, sanctions, missions closed" }
//+ accords_signed = { type = "integer", fr = "accords signés dans l’année", en = "accords signed in the year" }
//+ accords_in_force = { type = "integer", fr = "accords en vigueur à la fin de l’année", en = "accords in force at the end of the year" }
//+ meetings = { type = "integer", fr = "rencontres", en = "meetings" }
//+ sessions = { type = "integer", fr = "sessions de commissions", en = "sessions of commissions" }
//+ visits_ab = { type = "integer", fr = "visites du premier chez le second", en = "visits of the first to the second" }
//+ visits_ba = { type = "integer", fr = "visites du second chez le premier", en = "visits of the second to the first" }
//+ lor_ab = { type = "integer", fr = "plus haute mission du premier chez le second en fin d’année : 0 aucune connue, 1 bureau de liaison, 2 consulat, 3 mission permanente, 4 ambassade", en = "highest mission of the first in the second at the end of the year: 0 none known, 1 liaison office, 2 consulate, 3 permanent mission, 4 embassy" }
//+ lor_ba = { type = "integer", fr = "de même, du second chez le premier", en = "the same, of the second in the first" }
//+
//+ [gathers]
//+ one = "text"
//+ other = "text"
//+ way = "text"
//+ year = "integer"
//+ end_year = "integer"
//+ class = "text"
//+ type = "text"
//+ status = "text"
//+ number = "integer"

CALL {
  MATCH (one:State)<-[mine:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT]-(fact)-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT]->(other:State)
  WHERE one.code < other.code
  WITH DISTINCT one, other, fact, labels(fact)[0] AS class, type(mine) AS role, coalesce(fact.signedOn, fact.date) AS date
  WHERE class IN ['Accord', 'Aid', 'Deployment', 'Meeting', 'Mission', 'RelationChange', 'Session', 'Visit'] AND date < 'X'
  RETURN one.code AS one, other.code AS other,
    CASE WHEN role IN ['VISITING_PARTY', 'SENDER', 'DONOR'] THEN 'ab' WHEN role = 'PARTY' THEN '' ELSE 'ba' END AS way,
    toInteger(substring(date, 0, 4)) AS year,
    0 AS end_year,
    class,
    coalesce(fact.relationChangeType, fact.missionType, '') AS type,
    coalesce(fact.accordStatus, fact.missionStatus, fact.deploymentStatus, fact.eventStatus, '') AS status
  UNION ALL
  MATCH (accord:Accord)-[:ACT]->(start:AccordAct)
  WHERE start.actType = 'in_force' AND start.eventStatus = 'made' AND start.date < 'X'
  OPTIONAL MATCH (accord)-[:ACT]->(end:AccordAct)
  WHERE end.actType IN ['terminated', 'suspended'] AND end.eventStatus = 'made' AND end.date < 'X'
  WITH accord, start.date AS date, min(end.date) AS ended
  MATCH (one:State)<-[:PARTY]-(accord)-[:PARTY]->(other:State)
  WHERE one.code < other.code
  RETURN one.code AS one, other.code AS other, '' AS way, toInteger(substring(date, 0, 4)) AS year,
    coalesce(toInteger(substring(ended, 0, 4)), 0) AS end_year, 'InForce' AS class, '' AS type, '' AS status
  UNION ALL
  MATCH (sender:State)<-[:SENDER]-(mission:Mission)-[:HOST]->(host:State)
  WHERE sender.code <> host.code AND mission.validFrom < 'X'
  RETURN CASE WHEN sender.code < host.code THEN sender.code ELSE host.code END AS one,
    CASE WHEN sender.code < host.code THEN host.code ELSE sender.code END AS other,
    CASE WHEN sender.code < host.code THEN 'ab' ELSE 'ba' END AS way,
    toInteger(substring(mission.validFrom, 0, 4)) AS year,
    coalesce(toInteger(substring(mission.validUntil, 0, 4)), 0) AS end_year, 'Open' AS class, coalesce(mission.missionType, '') AS type, '' AS status
}
RETURN one, other, way, year, end_year, class, type, status, count(*) AS number
ORDER BY one, other, year, class, way, type, status, end_year
