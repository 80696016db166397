//+ title = { fr = "Faits corroborés", en = "Corroborated facts" }
//+ description.fr = "Les faits que plusieurs sources indépendantes rapportent, avec leurs éditeurs, et ce sur quoi elles divergent."
//+ description.en = "The facts that several independent sources report, with their publishers and what they disagree on."
//+ evidence = { question = "evidence", fact = "fact" }
//+
//+ [params]
//+ min = { type = "integer", default = 2, fr = "nombre de sources, au moins", en = "number of sources, at least" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ fact = { type = "iri", fr = "fait", en = "fact" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ kind = { type = "text", fr = "classe", en = "class" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ reported_by = { type = "list", fr = "éditeurs des sources, ou leurs titres", en = "publishers of the sources, or their titles" }
//+ first_published = { type = "date", fr = "première publication", en = "first published" }
//+ last_published = { type = "date", fr = "dernière publication", en = "last published" }
//+ confidence = { type = "number", fr = "confiance, de 0 à 1", en = "confidence, 0 to 1" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }

MATCH (fact)
WHERE fact.sourceCount >= $min AND labels(fact)[0] IN ['Accord', 'Commission', 'Session', 'Meeting', 'Visit', 'Tenure', 'Mission', 'RelationChange', 'Membership', 'TradeFlow', 'Aid', 'Deployment', 'Cooperation', 'Stance', 'Statement']
WITH fact ORDER BY fact.sourceCount DESC, fact.id LIMIT $most
MATCH (fact)-[:REPORTED_IN]->(source:Source)
RETURN fact.id AS fact,
  CASE $lang WHEN 'en' THEN fact.label_en ELSE fact.label_fr END AS label,
  labels(fact)[0] AS kind,
  fact.sourceCount AS sources,
  collect(DISTINCT coalesce(source.publisher, source.title)) AS reported_by,
  min(source.publishedOn) AS first_published,
  max(source.publishedOn) AS last_published,
  fact.confidence AS confidence,
  fact.disputes AS disputed
ORDER BY sources DESC, fact
