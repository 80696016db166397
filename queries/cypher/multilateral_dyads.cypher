//+ title = { fr = "Faits à plusieurs, paire par paire", en = "Facts of several, pair by pair" }
//+ description.fr = "Les accords, rencontres, sessions et commissions à plusieurs parties, dépliés en paires à la demande ; le fait reste un."
//+ description.en = "The accords, meetings, sessions and commissions of several parties, unfolded into pairs on demand; the fact stays one."
//+ evidence = { question = "evidence", fact = "whole" }
//+ graph = { from = "one", to = "other" }
//+
//+ [params]
//+ fact = { type = "fact", fr = "fait, par son identifiant", en = "fact, by its id" }
//+ state = { type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ least = { type = "integer", default = 3, fr = "parties, au moins", en = "parties, at least" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ whole = { type = "iri", fr = "fait", en = "fact" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ class = { type = "text", fr = "classe", en = "class" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ number = { type = "integer", fr = "parties", en = "parties" }
//+ one = { type = "text", fr = "une partie", en = "one party" }
//+ other = { type = "text", fr = "une autre", en = "another" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }

CALL {
  MATCH (whole:Accord {id: $fact}) RETURN whole
  UNION
  MATCH (whole:Commission {id: $fact}) RETURN whole
  UNION
  MATCH (whole:Meeting {id: $fact}) RETURN whole
  UNION
  MATCH (whole:Session {id: $fact}) RETURN whole
  UNION
  MATCH (:State {id: $state})<-[:PARTY]-(whole) WHERE $fact = '' RETURN whole
  UNION
  MATCH (:Organisation {id: $state})<-[:PARTY]-(whole) WHERE $fact = '' RETURN whole
  UNION
  UNWIND CASE WHEN $fact = '' AND $state = '' THEN ['all'] ELSE [] END AS every
  MATCH (whole:Accord) RETURN whole
  UNION
  UNWIND CASE WHEN $fact = '' AND $state = '' THEN ['all'] ELSE [] END AS every
  MATCH (whole:Commission) RETURN whole
  UNION
  UNWIND CASE WHEN $fact = '' AND $state = '' THEN ['all'] ELSE [] END AS every
  MATCH (whole:Meeting) RETURN whole
  UNION
  UNWIND CASE WHEN $fact = '' AND $state = '' THEN ['all'] ELSE [] END AS every
  MATCH (whole:Session) RETURN whole
}
WITH whole, labels(whole)[0] AS class, coalesce(whole.signedOn, whole.date) AS date
WHERE class IN ['Accord', 'Commission', 'Meeting', 'Session']
  AND (($since = '' AND $until = '')
    OR (date < 'X' AND date + '-99' >= $since AND ($until = '' OR date <= $until + '-99')))
MATCH (whole)-[:PARTY]->(party)
WITH whole, class, date, count(party) AS number
WHERE number >= $least
MATCH (whole)-[:PARTY]->(one)
MATCH (whole)-[:PARTY]->(other)
WHERE one.code < other.code
RETURN whole.id AS whole,
  CASE $lang WHEN 'en' THEN whole.label_en ELSE whole.label_fr END AS label,
  class, date, number, one.code AS one, other.code AS other,
  whole.sourceCount AS sources
ORDER BY coalesce(date, '') DESC, whole, one, other
