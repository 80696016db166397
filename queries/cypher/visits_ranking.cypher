//+ title = { fr = "Rang par visites reçues", en = "Rank by visits received" }
//+ description.fr = "Le rang des États par visites reçues, et par le niveau des visiteurs : chef d’État, chef de gouvernement, ministre, autre."
//+ description.en = "The rank of states by visits received, and by the level of the visitors: head of state, head of government, minister, other."
//+ evidence = { question = "evidence", fact = "visits" }
//+ map = { state = "state" }
//+ then = "visits_ranking"
//+
//+ [params]
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ level = { type = "text", by_step = true, choices = ["head_of_state", "head_of_government", "minister", "other"], fr = "niveau sur lequel porte le rang ; sans lui, tous", en = "level that the rank is by; without it, all" }
//+
//+ [columns]
//+ rank = { type = "integer", fr = "rang, le même pour les ex æquo", en = "rank, the same for equals" }
//+ state = { type = "text", fr = "État, par son code", en = "state, by its code" }
//+ received = { type = "integer", fr = "visites reçues", en = "visits received" }
//+ head_of_state = { type = "integer", fr = "dont chefs d’État", en = "of them heads of state" }
//+ head_of_government = { type = "integer", fr = "dont chefs de gouvernement", en = "of them heads of government" }
//+ minister = { type = "integer", fr = "dont ministres", en = "of them ministers" }
//+ other = { type = "integer", fr = "dont autres, ou fonction inconnue", en = "of them others, or of unknown office" }
//+ made = { type = "integer", fr = "visites faites", en = "visits made" }
//+ visits = { type = "list", fr = "les visites reçues", en = "the visits received" }
//+
//+ [gathers]
//+ visit = "iri"
//+ visitor = "text"
//+ host = "text"
//+ offices = "list"

MATCH (visit:Visit)-[:VISITING_PARTY]->(visitor)
MATCH (visit)-[:HOST_PARTY]->(host)
WHERE NOT coalesce(visit.eventStatus, 'made') IN ['planned', 'postponed', 'cancelled']
  AND (($since = '' AND $until = '')
    OR (visit.date < 'X' AND visit.date + '-99' >= $since AND ($until = '' OR visit.date <= $until + '-99')))
RETURN visit.id AS visit, visitor.code AS visitor, host.code AS host,
  [(visit)-[:PARTICIPATION]->(:Participation)-[:HELD_TENURE]->(tenure:Tenure) | tenure.officeKind] AS offices
ORDER BY visit, visitor, host
