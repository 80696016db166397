//+ title = { fr = "Ce qui lie deux États", en = "What ties two states" }
//+ description.fr = "Pourquoi un lien existe : chaque fait qui lie deux États, avec chaque phrase qui le dit, sa source et sa date."
//+ description.en = "Why a tie is there: every fact that ties two states, with every sentence that says so, its source and its date."
//+ evidence = { question = "evidence", fact = "fact" }
//+ graph = { from = "$state", to = "$partner" }
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ partner = { type = "state", required = true, fr = "l’autre État", en = "the other state" }
//+ kind = { type = "text", choices = ["Accord", "Commission", "Session", "Meeting", "Visit", "Mission", "RelationChange", "Membership", "TradeFlow", "Aid", "Deployment", "Cooperation"], fr = "classe des faits", en = "class of the facts" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ as_of = { type = "date", fr = "faits valables ou survenus à cette date", en = "facts that held or had happened on this date" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ fact = { type = "iri", fr = "fait", en = "fact" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ class = { type = "text", fr = "classe", en = "class" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ source = { type = "iri", fr = "source", en = "source" }
//+ publisher = { type = "text", fr = "éditeur", en = "publisher" }
//+ published = { type = "date", fr = "publié le", en = "published on" }
//+ sentence = { type = "text", fr = "phrase", en = "sentence" }
//+ confidence = { type = "number", fr = "confiance, de 0 à 1", en = "confidence, 0 to 1" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
OPTIONAL MATCH (otherState:State {id: $partner})
OPTIONAL MATCH (otherOrganisation:Organisation {id: $partner})
WITH coalesce(state, organisation) AS agent, coalesce(otherState, otherOrganisation) AS partner
MATCH (agent)<-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF]-(fact)-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF]->(partner)
WHERE agent.id <> partner.id
WITH DISTINCT fact, labels(fact)[0] AS class, coalesce(fact.signedOn, fact.date, fact.year) AS date
WHERE class IN ['Accord', 'Commission', 'Session', 'Meeting', 'Visit', 'Mission', 'RelationChange', 'Membership', 'TradeFlow', 'Aid', 'Deployment', 'Cooperation'] AND ($kind = '' OR class = $kind)
  AND (($since = '' AND $until = '')
    OR (date < 'X' AND date + '-99' >= $since AND ($until = '' OR date <= $until + '-99')))
  AND ($as_of = '' OR ((fact.validFrom IS NOT NULL OR fact.validUntil IS NOT NULL)
    AND (fact.validFrom IS NULL OR fact.validFrom <= $as_of + '-99') AND (fact.validUntil IS NULL OR fact.validUntil + '-99' >= $as_of)))
MATCH (fact)-[report:REPORTED_IN]->(source:Source)
RETURN fact.id AS fact,
  CASE $lang WHEN 'en' THEN fact.label_en ELSE fact.label_fr END AS label,
  class,
  date,
  source.id AS source,
  source.publisher AS publisher,
  source.publishedOn AS published,
  report.sentence AS sentence,
  report.confidence AS confidence,
  fact.sourceCount AS sources
ORDER BY coalesce(date, '') DESC, fact, coalesce(published, ''), source, report.start, report.claim
