//+ title = { fr = "Faits d’une seule source", en = "Facts of one source only" }
//+ description.fr = "Les faits qu’une seule source indépendante rapporte : d’un État ou de tous, d’une classe, entre deux dates."
//+ description.en = "The facts that one independent source alone reports: of a state or of all, of a class, between two dates."
//+ evidence = { question = "evidence", fact = "fact" }
//+
//+ [params]
//+ state = { type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ kind = { type = "text", choices = ["Accord", "Commission", "Session", "Meeting", "Visit", "Mission", "RelationChange", "Membership", "TradeFlow", "Aid", "Deployment", "Cooperation", "Stance"], fr = "classe des faits", en = "class of the facts" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ fact = { type = "iri", fr = "fait", en = "fact" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ class = { type = "text", fr = "classe", en = "class" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ reported_by = { type = "list", fr = "éditeurs des sources, ou leurs titres", en = "publishers of the sources, or their titles" }
//+ published = { type = "date", fr = "première publication", en = "first published" }
//+ confidence = { type = "number", fr = "confiance, de 0 à 1", en = "confidence, 0 to 1" }
//+ articles = { type = "list", fr = "les sources", en = "the sources" }

CALL { //+ state
  MATCH (:State {id: $state})<-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF|STANCE_OF]-(fact) WHERE fact.sourceCount = 1 RETURN fact //+ state
  UNION //+ state
  MATCH (:Organisation {id: $state})<-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF|STANCE_OF]-(fact) WHERE fact.sourceCount = 1 RETURN fact //+ state
} //+ state
MATCH (fact) WHERE fact.sourceCount = 1 //- state
WITH fact, labels(fact)[0] AS class, coalesce(fact.signedOn, fact.date, fact.year) AS date
WHERE class IN ['Accord', 'Commission', 'Session', 'Meeting', 'Visit', 'Mission', 'RelationChange', 'Membership', 'TradeFlow', 'Aid', 'Deployment', 'Cooperation', 'Stance'] AND ($kind = '' OR class = $kind)
  AND (($since = '' AND $until = '')
    OR (date < 'X' AND date + '-99' >= $since AND ($until = '' OR date <= $until + '-99')))
WITH fact, class, date ORDER BY coalesce(date, '') DESC, fact.id LIMIT $most
MATCH (fact)-[:REPORTED_IN]->(source:Source)
RETURN fact.id AS fact,
  CASE $lang WHEN 'en' THEN fact.label_en ELSE fact.label_fr END AS label,
  class,
  date,
  collect(DISTINCT coalesce(source.publisher, source.title)) AS reported_by,
  min(source.publishedOn) AS published,
  fact.confidence AS confidence,
  collect(DISTINCT source.id) AS articles
ORDER BY coalesce(date, '') DESC, fact
