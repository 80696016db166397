//+ title = { fr = "Parcours", en = "Careers" }
//+ description.fr = "Les personnes qui ont exercé plusieurs fonctions, et chacune de ces fonctions avec son intervalle attesté."
//+ description.en = "The persons who held several offices, and each of these offices with its attested interval."
//+ evidence = { question = "evidence", fact = "tenure" }
//+
//+ [params]
//+ person = { type = "fact", fr = "personne, par son identifiant", en = "person, by id" }
//+ state = { type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ as_of = { type = "date", fr = "fonctions exercées à cette date", en = "offices held on this date" }
//+ least = { type = "integer", default = 2, fr = "fonctions, au moins", en = "offices, at least" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ who = { type = "iri", fr = "personne", en = "person" }
//+ name = { type = "text", fr = "nom", en = "name" }
//+ tenure = { type = "iri", fr = "mandat", en = "tenure" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ office = { type = "text", fr = "fonction", en = "office" }
//+ of = { type = "text", fr = "au service de", en = "of" }
//+ attested_from = { type = "date", fr = "attesté depuis", en = "attested from" }
//+ attested_until = { type = "date", fr = "attesté jusqu’à", en = "attested until" }
//+ offices = { type = "integer", fr = "fonctions de la personne", en = "offices of the person" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }

CALL {
  MATCH (person:Person {id: $person})<-[:HOLDER]-(:Tenure) RETURN person
  UNION
  MATCH (:State {id: $state})<-[:OFFICE_OF]-(:Tenure)-[:HOLDER]->(person:Person) WHERE $person = '' RETURN person
  UNION
  MATCH (:Organisation {id: $state})<-[:OFFICE_OF]-(:Tenure)-[:HOLDER]->(person:Person) WHERE $person = '' RETURN person
  UNION
  UNWIND CASE WHEN $person = '' AND $state = '' THEN ['all'] ELSE [] END AS every
  MATCH (:Tenure)-[:HOLDER]->(person:Person) RETURN person
}
WITH DISTINCT person
MATCH (person)<-[:HOLDER]-(held:Tenure)
WITH person, count(held) AS offices
WHERE offices >= $least
MATCH (person)<-[:HOLDER]-(tenure:Tenure)
WHERE $as_of = '' OR ((tenure.validFrom IS NOT NULL OR tenure.validUntil IS NOT NULL)
    AND (tenure.validFrom IS NULL OR tenure.validFrom <= $as_of + '-99') AND (tenure.validUntil IS NULL OR tenure.validUntil + '-99' >= $as_of))
OPTIONAL MATCH (tenure)-[:OFFICE_OF]->(agent)
RETURN person.id AS who,
  person.name AS name,
  tenure.id AS tenure,
  CASE $lang WHEN 'en' THEN tenure.label_en ELSE tenure.label_fr END AS label,
  tenure.officeKind AS office,
  agent.code AS of,
  tenure.attestedFrom AS attested_from,
  tenure.attestedUntil AS attested_until,
  offices,
  tenure.sourceCount AS sources,
  tenure.disputes AS disputed
ORDER BY offices DESC, name, who, coalesce(attested_from, ''), tenure
