//+ title = { fr = "Faits d’une source", en = "Facts of a source" }
//+ description.fr = "Tout ce qu’une source rapporte, et combien d’autres le rapportent aussi."
//+ description.en = "All that a source reports, and how many others report it too."
//+ evidence = { question = "evidence", fact = "fact" }
//+
//+ [params]
//+ source = { type = "source", required = true, fr = "source, par son identifiant", en = "source, by its id" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ fact = { type = "iri", fr = "fait", en = "fact" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ kind = { type = "text", fr = "classe", en = "class" }
//+ claims = { type = "integer", fr = "affirmations de cette source", en = "claims of this source" }
//+ confidence = { type = "number", fr = "confiance de la plus sûre de ces affirmations", en = "confidence of the surest of these claims" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }

MATCH (:Source {id: $source})<-[report:REPORTED_IN]-(fact)
WHERE labels(fact)[0] IN ['Accord', 'Commission', 'Session', 'Meeting', 'Visit', 'Tenure', 'Mission', 'RelationChange', 'Membership', 'TradeFlow', 'Aid', 'Deployment', 'Cooperation', 'Stance', 'Statement']
RETURN fact.id AS fact,
  CASE $lang WHEN 'en' THEN fact.label_en ELSE fact.label_fr END AS label,
  labels(fact)[0] AS kind,
  count(DISTINCT report.claim) AS claims,
  max(report.confidence) AS confidence,
  fact.sourceCount AS sources,
  fact.disputes AS disputed
ORDER BY kind, fact
