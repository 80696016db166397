//+ title = { fr = "Centralité", en = "Centrality" }
//+ description.fr = "La place des États dans le réseau des accords, rencontres, visites ou missions, par période : degré, force, vecteur propre, intermédiarité."
//+ description.en = "The place of states in the network of accords, meetings, visits or missions, by period: degree, strength, eigenvector, betweenness."
//+ evidence = { question = "between", state = "agent", partner = "others" }
//+ graph = { from = "agent", to = "others" }
//+ map = { state = "agent" }
//+ then = "centrality"
//+
//+ [params]
//+ layer = { type = "text", default = "accords", choices = ["accords", "meetings", "visits", "missions"], fr = "couche du réseau", en = "layer of the network" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ state = { by_step = true, type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ years = { type = "integer", by_step = true, default = 1, minimum = 1, maximum = 1000, fr = "années par période", en = "years to a period" }
//+
//+ [columns]
//+ period = { type = "integer", fr = "première année de la période", en = "first year of the period" }
//+ agent = { type = "text", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ degree = { type = "integer", fr = "partenaires", en = "partners" }
//+ strength = { type = "integer", fr = "faits partagés", en = "facts shared" }
//+ eigenvector = { type = "number", fr = "centralité de vecteur propre, de 0 à 1", en = "eigenvector centrality, 0 to 1" }
//+ betweenness = { type = "number", fr = "intermédiarité, de 0 à 1", en = "betweenness, 0 to 1" }
//+ rank = { type = "integer", fr = "rang par vecteur propre", en = "rank by eigenvector" }
//+ others = { type = "list", fr = "les partenaires", en = "the partners" }
//+
//+ [gathers]
//+ year = "integer"
//+ ended = "integer"
//+ one = "text"
//+ other = "text"
//+ weight = "integer"

CALL {
  UNWIND CASE $layer WHEN 'accords' THEN ['all'] ELSE [] END AS every
  MATCH (fact:Accord) RETURN fact, fact.signedOn AS date, '' AS until
  UNION ALL
  UNWIND CASE $layer WHEN 'meetings' THEN ['all'] ELSE [] END AS every
  MATCH (fact:Meeting) RETURN fact, fact.date AS date, '' AS until
  UNION ALL
  UNWIND CASE $layer WHEN 'visits' THEN ['all'] ELSE [] END AS every
  MATCH (fact:Visit) RETURN fact, fact.date AS date, '' AS until
  UNION ALL
  UNWIND CASE $layer WHEN 'missions' THEN ['all'] ELSE [] END AS every
  MATCH (fact:Mission) RETURN fact, fact.validFrom AS date, coalesce(fact.validUntil, '9999') AS until
}
WITH fact, date, until
WHERE date < 'X'
  AND NOT coalesce(fact.accordStatus, fact.eventStatus, '') IN ['planned', 'negotiated', 'postponed', 'cancelled']
  AND (date + '-99' >= $since OR until + '-99' >= $since) AND ($until = '' OR date <= $until + '-99')
MATCH (fact)-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST]->(one)
MATCH (fact)-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST]->(other)
WHERE one.code < other.code
RETURN toInteger(substring(date, 0, 4)) AS year, toInteger(substring(until, 0, 4)) AS ended, one.code AS one, other.code AS other, count(DISTINCT fact) AS weight
ORDER BY year, ended, one, other
