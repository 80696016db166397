//+ title = { fr = "Ce qui suit une visite", en = "What follows a visit" }
//+ description.fr = "Les accords bilatéraux signés dans les jours qui suivent une visite entre les deux États."
//+ description.en = "The bilateral accords signed in the days after a visit between the two states."
//+ evidence = { question = "evidence", fact = "accord" }
//+ graph = { from = "visitor", to = "host" }
//+ then = "sequences"
//+
//+ [params]
//+ state = { by_step = true, type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ days = { type = "integer", default = 90, fr = "dans ce nombre de jours", en = "within so many days" }
//+ level = { type = "text", by_step = true, choices = ["head_of_state", "head_of_government", "minister", "other"], fr = "niveau des visiteurs ; sans lui, tous", en = "level of the visitors; without it, all" }
//+
//+ [columns]
//+ visit = { type = "iri", fr = "visite", en = "visit" }
//+ visit_on = { type = "date", fr = "date de la visite", en = "date of the visit" }
//+ visitor = { type = "text", fr = "qui se déplace", en = "who travels" }
//+ host = { type = "text", fr = "qui reçoit", en = "who receives" }
//+ visitors = { type = "text", fr = "niveau des visiteurs", en = "level of the visitors" }
//+ accord = { type = "iri", fr = "accord", en = "accord" }
//+ signed_on = { type = "date", fr = "signé le", en = "signed on" }
//+ lag = { type = "integer", fr = "jours de la visite à la signature", en = "days from visit to signing" }
//+
//+ [gathers]
//+ fact = "iri"
//+ kind = "text"
//+ date = "date"
//+ one = "text"
//+ other = "text"
//+ offices = "list"

MATCH (visit:Visit)
WHERE size(visit.date) = 10 AND visit.date < 'X' AND NOT coalesce(visit.eventStatus, 'made') IN ['planned', 'postponed', 'cancelled']
  AND ($since = '' OR visit.date + '-99' >= $since) AND ($until = '' OR visit.date <= $until + '-99')
MATCH (visit)-[:VISITING_PARTY]->(one)
MATCH (visit)-[:HOST_PARTY]->(other)
RETURN visit.id AS fact, 'visit' AS kind, visit.date AS date, one.code AS one, other.code AS other,
  [(visit)-[:PARTICIPATION]->(:Participation)-[:HELD_TENURE]->(tenure:Tenure) | tenure.officeKind] AS offices
UNION ALL
MATCH (accord:Accord)
WHERE size(accord.signedOn) = 10 AND accord.signedOn < 'X' AND NOT coalesce(accord.accordStatus, 'signed') IN ['planned', 'negotiated']
  AND ($since = '' OR toInteger(substring(accord.signedOn, 0, 4)) + 1 + abs($days) / 365 >= toInteger(substring($since, 0, 4)))
  AND ($until = '' OR toInteger(substring(accord.signedOn, 0, 4)) - 1 - abs($days) / 365 <= toInteger(substring($until, 0, 4)))
WITH accord, [(accord)-[:PARTY]->(party) | party.code] AS parties
WHERE size(parties) = 2 AND parties[0] <> parties[1]
RETURN accord.id AS fact, 'accord' AS kind, accord.signedOn AS date,
  CASE WHEN parties[0] < parties[1] THEN parties[0] ELSE parties[1] END AS one,
  CASE WHEN parties[0] < parties[1] THEN parties[1] ELSE parties[0] END AS other,
  [] AS offices
