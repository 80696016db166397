//+ title = { fr = "Communautés", en = "Communities" }
//+ description.fr = "Les blocs d’États par période, et qui a changé de bloc."
//+ description.en = "The blocs of states by period, and who changed bloc."
//+ evidence = { question = "between", state = "agent", partner = "members" }
//+ graph = { from = "agent", to = "members" }
//+ map = { state = "agent" }
//+ then = "communities"
//+
//+ [params]
//+ layer = { type = "text", default = "accords", choices = ["accords", "meetings", "visits", "missions"], fr = "couche du réseau", en = "layer of the network" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ state = { by_step = true, type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ years = { type = "integer", by_step = true, default = 5, minimum = 1, maximum = 1000, fr = "années par période", en = "years to a period" }
//+
//+ [columns]
//+ period = { type = "integer", fr = "première année de la période", en = "first year of the period" }
//+ agent = { type = "text", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ bloc = { type = "text", fr = "bloc, nommé d’après son membre le plus lié", en = "bloc, named after its best tied member" }
//+ size = { type = "integer", fr = "membres du bloc", en = "members of the bloc" }
//+ before = { type = "text", fr = "bloc de la période précédente", en = "bloc in the period before" }
//+ change = { type = "text", fr = "new, stayed ou moved", en = "new, stayed or moved" }
//+ modularity = { type = "number", fr = "modularité du partage", en = "modularity of the partition" }
//+ members = { type = "list", fr = "les autres membres", en = "the other members" }
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
