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

CALL {
  MATCH (one)<-[:VISITING_PARTY]-(visit:Visit)-[:HOST_PARTY]->(other)
  WHERE size(visit.date) = 10 AND visit.date < 'X' AND NOT coalesce(visit.eventStatus, 'made') IN ['planned', 'postponed', 'cancelled']
    AND ($since = '' OR visit.date + '-99' >= $since) AND ($until = '' OR visit.date <= $until + '-99')
  RETURN visit AS fact, 'visit' AS kind, visit.date AS date, one.code AS one, other.code AS other
  UNION ALL
  MATCH (one)<-[:PARTY]-(accord:Accord)-[:PARTY]->(other)
  WHERE one.code < other.code AND size(accord.signedOn) = 10 AND accord.signedOn < 'X'
    AND NOT coalesce(accord.accordStatus, 'signed') IN ['planned', 'negotiated'] AND size([(accord)-[:PARTY]->(party) | party.code]) = 2
    AND ($since = '' OR toInteger(substring(accord.signedOn, 0, 4)) + 1 + abs($days) / 365 >= toInteger(substring($since, 0, 4)))
    AND ($until = '' OR toInteger(substring(accord.signedOn, 0, 4)) - 1 - abs($days) / 365 <= toInteger(substring($until, 0, 4)))
  RETURN accord AS fact, 'accord' AS kind, accord.signedOn AS date, one.code AS one, other.code AS other
}
RETURN fact.id AS fact, kind, date, one, other,
  [(fact)-[:PARTICIPATION]->(:Participation)-[:HELD_TENURE]->(tenure:Tenure) | tenure.officeKind] AS offices
ORDER BY date, fact
