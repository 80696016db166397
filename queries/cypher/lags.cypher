//+ title = { fr = "Délais entre visite et accord", en = "Lags between visit and accord" }
//+ description.fr = "Combien d’accords bilatéraux sont signés tant de jours après une visite, et combien tant de jours avant, pour comparer."
//+ description.en = "How many bilateral accords are signed so many days after a visit, and how many so many days before, to compare."
//+ evidence = { question = "evidence", fact = "accords" }
//+ then = "lags"
//+
//+ [params]
//+ state = { by_step = true, type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ days = { type = "integer", default = 360, fr = "dans ce nombre de jours", en = "within so many days" }
//+ level = { type = "text", by_step = true, choices = ["head_of_state", "head_of_government", "minister", "other"], fr = "niveau des visiteurs ; sans lui, tous", en = "level of the visitors; without it, all" }
//+
//+ [columns]
//+ from_day = { type = "integer", fr = "du jour", en = "from day" }
//+ to_day = { type = "integer", fr = "au jour", en = "to day" }
//+ after = { type = "integer", fr = "signés après une visite", en = "signed after a visit" }
//+ before = { type = "integer", fr = "signés avant une visite", en = "signed before a visit" }
//+ excess = { type = "number", fr = "part de l’après, de 0 à 1 ; 0,5 sans effet", en = "share of the after, 0 to 1; 0.5 without effect" }
//+ margin = { type = "number", fr = "sa marge à 95 %", en = "its margin at 95 %" }
//+ accords = { type = "list", fr = "ceux d’après", en = "those after" }
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
