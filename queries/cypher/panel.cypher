//+ title = { fr = "Panel dyade-année", en = "Dyad-year panel" }
//+ description.fr = "Le panel dyade-année des États, codes COW et ISO : événements par type PLOVER, accords signés et en vigueur, visites, niveau de représentation."
//+ description.en = "The dyad-year panel of states, with COW and ISO codes: events by PLOVER type, accords signed and in force, visits, level of representation."
//+ evidence = { question = "between", state = "iso_a", partner = "iso_b", since = "year", until = "year" }
//+ graph = { from = "iso_a", to = "iso_b" }
//+ then = "panel"
//+
//+ [params]
//+ state = { type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ partner = { by_step = true, type = "state", fr = "l’autre État", en = "the other state" }
//+ since = { by_step = true, type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { by_step = true, type = "date", fr = "pas après cette date", en = "not after this date" }
//+ balanced = { type = "text", by_step = true, default = "no", choices = ["no", "yes"], fr = "yes : chaque dyade a une ligne par année de ses deux États, même vide", en = "yes: each dyad has a row for every year of both its states, even an empty one" }
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
//+ lor_ab = { type = "integer", fr = "premier chez second : 0 rien, 1 liaison, 2 consulat, 3 permanente, 4 ambassade", en = "first in second: 0 no mission, 1 liaison, 2 consulate, 3 permanent, 4 embassy" }
//+ lor_ba = { type = "integer", fr = "second chez premier : 0 rien, 1 liaison, 2 consulat, 3 permanente, 4 ambassade", en = "second in first: 0 no mission, 1 liaison, 2 consulate, 3 permanent, 4 embassy" }
//+
//+ [gathers]
//+ one = "text"
//+ other = "text"
//+ class = "text"
//+ type = "text"
//+ status = "text"
//+ year = "text"
//+ from_year = "text"
//+ to_year = "text"
//+ number = "integer"

CALL {
  MATCH (one:State {id: $state})<-[:PARTY|VISITING_PARTY|SENDER|DONOR]-(fact) //+ state
  MATCH (fact)-[:PARTY|HOST_PARTY|HOST|RECIPIENT]->(other:State) WHERE one.code <> other.code //+ state
  WITH one, other, fact, labels(fact)[0] AS class //+ state
  WHERE class IN ['Accord', 'Aid', 'Deployment', 'Meeting', 'Mission', 'RelationChange', 'Session', 'Visit'] //+ state
  RETURN one.code AS one, other.code AS other, class, coalesce(fact.relationChangeType, fact.missionType, '') AS type, //+ state
    coalesce(fact.accordStatus, fact.missionStatus, fact.deploymentStatus, fact.eventStatus, '') AS status, //+ state
    coalesce(fact.signedOn, fact.date, '') AS date, //+ state
    CASE class WHEN 'Mission' THEN coalesce(fact.validFrom, '') ELSE '' END AS begun, //+ state
    CASE class WHEN 'Mission' THEN coalesce(fact.validUntil, '') ELSE '' END AS ended //+ state
  UNION ALL //+ state
  MATCH (other:State {id: $state})<-[:HOST_PARTY|HOST|RECIPIENT]-(fact) //+ state
  MATCH (fact)-[:VISITING_PARTY|SENDER|DONOR]->(one:State) WHERE one.code <> other.code //+ state
  WITH one, other, fact, labels(fact)[0] AS class //+ state
  WHERE class IN ['Accord', 'Aid', 'Deployment', 'Meeting', 'Mission', 'RelationChange', 'Session', 'Visit'] //+ state
  RETURN one.code AS one, other.code AS other, class, coalesce(fact.relationChangeType, fact.missionType, '') AS type, //+ state
    coalesce(fact.accordStatus, fact.missionStatus, fact.deploymentStatus, fact.eventStatus, '') AS status, //+ state
    coalesce(fact.signedOn, fact.date, '') AS date, //+ state
    CASE class WHEN 'Mission' THEN coalesce(fact.validFrom, '') ELSE '' END AS begun, //+ state
    CASE class WHEN 'Mission' THEN coalesce(fact.validUntil, '') ELSE '' END AS ended //+ state
  UNION ALL //+ state
  MATCH (one:State {id: $state})<-[:PARTY]-(accord:Accord) //+ state
  MATCH (accord)-[:ACT]->(start:AccordAct) //+ state
  WHERE start.actType = 'in_force' AND start.eventStatus = 'made' AND start.date < 'X' //+ state
  WITH one, accord, min(start.date) AS begun //+ state
  OPTIONAL MATCH (accord)-[:ACT]->(end:AccordAct) //+ state
  WHERE end.actType IN ['terminated', 'suspended'] AND end.eventStatus = 'made' AND end.date < 'X' //+ state
  WITH one, accord, begun, coalesce(min(end.date), '') AS ended //+ state
  MATCH (accord)-[:PARTY]->(other:State) WHERE one.code <> other.code //+ state
  RETURN one.code AS one, other.code AS other, 'InForce' AS class, '' AS type, '' AS status, '' AS date, begun, ended //+ state
  MATCH (fact:Accord)-[:PARTY]->(one:State) WHERE fact.signedOn < 'X' //- state
  MATCH (fact)-[:PARTY]->(other:State) WHERE one.code < other.code //- state
  RETURN one.code AS one, other.code AS other, 'Accord' AS class, '' AS type, coalesce(fact.accordStatus, '') AS status, fact.signedOn AS date, '' AS begun, '' AS ended //- state
  UNION ALL //- state
  MATCH (fact:Meeting)-[:PARTY]->(one:State) WHERE fact.date < 'X' //- state
  MATCH (fact)-[:PARTY]->(other:State) WHERE one.code < other.code //- state
  RETURN one.code AS one, other.code AS other, 'Meeting' AS class, '' AS type, coalesce(fact.eventStatus, '') AS status, fact.date AS date, '' AS begun, '' AS ended //- state
  UNION ALL //- state
  MATCH (fact:RelationChange)-[:PARTY]->(one:State) WHERE fact.date < 'X' //- state
  MATCH (fact)-[:PARTY]->(other:State) WHERE one.code < other.code //- state
  RETURN one.code AS one, other.code AS other, 'RelationChange' AS class, coalesce(fact.relationChangeType, '') AS type, coalesce(fact.eventStatus, '') AS status, fact.date AS date, '' AS begun, '' AS ended //- state
  UNION ALL //- state
  MATCH (fact:Session)-[:PARTY]->(one:State) WHERE fact.date < 'X' //- state
  MATCH (fact)-[:PARTY]->(other:State) WHERE one.code < other.code //- state
  RETURN one.code AS one, other.code AS other, 'Session' AS class, '' AS type, coalesce(fact.eventStatus, '') AS status, fact.date AS date, '' AS begun, '' AS ended //- state
  UNION ALL //- state
  MATCH (fact:Aid)-[:DONOR]->(one:State) WHERE fact.date < 'X' //- state
  MATCH (fact)-[:RECIPIENT]->(other:State) WHERE one.code <> other.code //- state
  RETURN one.code AS one, other.code AS other, 'Aid' AS class, '' AS type, '' AS status, fact.date AS date, '' AS begun, '' AS ended //- state
  UNION ALL //- state
  MATCH (fact:Deployment)-[:SENDER]->(one:State) WHERE fact.date < 'X' //- state
  MATCH (fact)-[:HOST]->(other:State) WHERE one.code <> other.code //- state
  RETURN one.code AS one, other.code AS other, 'Deployment' AS class, '' AS type, coalesce(fact.deploymentStatus, '') AS status, fact.date AS date, '' AS begun, '' AS ended //- state
  UNION ALL //- state
  MATCH (fact:Visit)-[:VISITING_PARTY]->(one:State) WHERE fact.date < 'X' //- state
  MATCH (fact)-[:HOST_PARTY]->(other:State) WHERE one.code <> other.code //- state
  RETURN one.code AS one, other.code AS other, 'Visit' AS class, '' AS type, coalesce(fact.eventStatus, '') AS status, fact.date AS date, '' AS begun, '' AS ended //- state
  UNION ALL //- state
  MATCH (fact:Mission)-[:SENDER]->(one:State) WHERE fact.date < 'X' OR fact.validFrom < 'X' //- state
  MATCH (fact)-[:HOST]->(other:State) WHERE one.code <> other.code //- state
  RETURN one.code AS one, other.code AS other, 'Mission' AS class, coalesce(fact.missionType, '') AS type, coalesce(fact.missionStatus, '') AS status, coalesce(fact.date, '') AS date, coalesce(fact.validFrom, '') AS begun, coalesce(fact.validUntil, '') AS ended //- state
  UNION ALL //- state
  MATCH (accord:Accord)-[:ACT]->(start:AccordAct) //- state
  WHERE start.actType = 'in_force' AND start.eventStatus = 'made' AND start.date < 'X' //- state
  WITH accord, start MATCH (accord)-[:PARTY]->(one:State) //- state
  WITH one, accord, min(start.date) AS begun //- state
  OPTIONAL MATCH (accord)-[:ACT]->(end:AccordAct) //- state
  WHERE end.actType IN ['terminated', 'suspended'] AND end.eventStatus = 'made' AND end.date < 'X' //- state
  WITH one, accord, begun, coalesce(min(end.date), '') AS ended //- state
  MATCH (accord)-[:PARTY]->(other:State) WHERE one.code < other.code //- state
  RETURN one.code AS one, other.code AS other, 'InForce' AS class, '' AS type, '' AS status, '' AS date, begun, ended //- state
}
RETURN one, other, class, type, status,
  substring(date, 0, 4) AS year, substring(begun, 0, 4) AS from_year, substring(ended, 0, 4) AS to_year, count(*) AS number
