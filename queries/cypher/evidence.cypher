//+ title = { fr = "Preuves d’un fait", en = "Evidence of a fact" }
//+ description.fr = "Qui le dit, dans quelle phrase, selon quelle règle de lecture : chaque passage qui porte un fait, une personne ou une fonction."
//+ description.en = "Who says so, in which sentence, by which rule of reading: every passage that supports a fact, a person or an office."
//+ evidence = { question = "evidence", fact = "$fact" }
//+
//+ [params]
//+ fact = { type = "fact", required = true, fr = "fait, par son identifiant", en = "fact, by its id" }
//+
//+ [columns]
//+ claim = { type = "iri", fr = "affirmation", en = "claim" }
//+ source = { type = "iri", fr = "source", en = "source" }
//+ title = { type = "text", fr = "titre", en = "title" }
//+ publisher = { type = "text", fr = "éditeur", en = "publisher" }
//+ published = { type = "date", fr = "publié le", en = "published on" }
//+ quote = { type = "text", fr = "passage, mot pour mot", en = "passage, word for word" }
//+ sentence = { type = "text", fr = "phrase", en = "sentence" }
//+ start = { type = "integer", fr = "position du premier caractère", en = "offset of the first character" }
//+ end = { type = "integer", fr = "position après le dernier caractère", en = "offset after the last character" }
//+ rule = { type = "text", fr = "règle", en = "rule" }
//+ reader = { type = "text", fr = "lecteur", en = "reader" }
//+ confidence = { type = "number", fr = "confiance, de 0 à 1", en = "confidence, 0 to 1" }

CALL {
  MATCH (fact:Accord {id: $fact}) RETURN fact
  UNION
  MATCH (fact:AccordAct {id: $fact}) RETURN fact
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
  MATCH (fact:Office {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Participation {id: $fact}) RETURN fact
  UNION
  MATCH (fact:Person {id: $fact}) RETURN fact
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
RETURN report.claim AS claim,
  source.id AS source,
  source.title AS title,
  source.publisher AS publisher,
  source.publishedOn AS published,
  report.quote AS quote,
  report.sentence AS sentence,
  report.start AS start,
  report.`end` AS `end`,
  report.rule AS rule,
  report.reader AS reader,
  report.confidence AS confidence
ORDER BY coalesce(published, ''), source, start, claim, quote
