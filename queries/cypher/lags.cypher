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
