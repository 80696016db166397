//+ title = { fr = "Histoire d’un fait", en = "History of a fact" }
//+ description.fr = "Ce que chaque source a dit d’un fait, dans l’ordre de publication : ce qui était su à une date, et ce qu’une source nouvelle a ajouté ou contredit."
//+ description.en = "What each source said of a fact, in the order of publication: what was known on a date, and what a new source added or contradicted."
//+ evidence = { question = "evidence", fact = "$fact" }
//+ then = "news"
//+
//+ [params]
//+ fact = { type = "fact", required = true, fr = "fait, par son identifiant", en = "fact, by its id" }
//+ until = { type = "date", by_step = true, fr = "publié au plus tard à cette date", en = "published by this date" }
//+
//+ [columns]
//+ published = { type = "date", fr = "publié le", en = "published on" }
//+ source = { type = "iri", fr = "source", en = "source" }
//+ publisher = { type = "text", fr = "éditeur", en = "publisher" }
//+ claim = { type = "iri", fr = "affirmation", en = "claim" }
//+ property = { type = "text", fr = "propriété", en = "property" }
//+ version = { type = "text", fr = "ce que la source en dit", en = "what the source says of it" }
//+ news = { type = "text", fr = "first, same, added ou contradicts", en = "first, same, added or contradicts" }
//+ disputed = { type = "text", fr = "yes quand les sources divergent sur la propriété", en = "yes where sources disagree on the property" }
//+ sentence = { type = "text", fr = "phrase", en = "sentence" }
//+ confidence = { type = "number", fr = "confiance, de 0 à 1", en = "confidence, 0 to 1" }
//+
//+ [gathers]
//+ published = "date"
//+ source = "iri"
//+ publisher = "text"
//+ claim = "iri"
//+ property = "text"
//+ version = "text"
//+ disputed = "text"
//+ sentence = "text"
//+ confidence = "number"

CALL {
  MATCH (fact:Accord {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Aid {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Commission {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Cooperation {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Deployment {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Meeting {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Membership {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Mission {id: $fact}) RETURN fact
  UNION
  MATCH (fact:RelationChange {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Session {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Stance {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Statement {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Tenure {id: $fact}) RETURN fact
  UNION
  MATCH (fact:TradeFlow {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Visit {id: $fact}) RETURN fact
}
MATCH (fact)-[report:REPORTED_IN]->(source:Source)
UNWIND report.tells AS told
WITH fact, report, source, split(told, '=')[0] AS property, told
RETURN DISTINCT source.publishedOn AS published,
  source.id AS source,
  source.publisher AS publisher,
  report.claim AS claim,
  property,
  substring(told, size(property) + 1) AS version,
  CASE WHEN property IN coalesce(fact.disputes, []) THEN 'yes' ELSE 'no' END AS disputed,
  report.sentence AS sentence,
  report.confidence AS confidence
ORDER BY coalesce(published, ''), source, claim, property, version, sentence
