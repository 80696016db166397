//+ title = { fr = "Rencontres d’un titulaire", en = "Meetings of an office-holder" }
//+ description.fr = "Toutes les rencontres et visites d’une personne, ou des titulaires d’une fonction d’un État : visite faite, visite reçue, pays tiers, téléphone."
//+ description.en = "All meetings and visits of a person, or of the holders of an office of a state: visit made, visit received, third country, by phone."
//+ evidence = { question = "evidence", fact = "fact" }
//+ map = { city = "place" }
//+ then = "modes"
//+
//+ [params]
//+ person = { type = "fact", fr = "personne, par son identifiant", en = "person, by id" }
//+ state = { type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ office = { type = "text", fr = "fonction exercée ce jour-là, par sa notation", en = "office held that day, by its notation" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+
//+ [columns]
//+ fact = { type = "iri", fr = "fait", en = "fact" }
//+ kind = { type = "text", fr = "classe", en = "class" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ place = { type = "text", fr = "lieu", en = "place" }
//+ mode = { type = "text", fr = "visit_made, visit_received, third_country, phone, video, home ou unknown", en = "visit_made, visit_received, third_country, phone, video, home or unknown" }
//+ status = { type = "text", fr = "état", en = "status" }
//+ who = { type = "iri", fr = "personne", en = "person" }
//+ name = { type = "text", fr = "nom", en = "name" }
//+ offices = { type = "list", fr = "fonctions exercées ce jour-là", en = "offices held that day" }
//+ of = { type = "list", fr = "qui elle sert", en = "whom the person serves" }
//+ others = { type = "list", fr = "autres personnes", en = "other persons" }
//+ partners = { type = "list", fr = "autres parties, par leur code", en = "other parties, by their codes" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+
//+ [gathers]
//+ fact = "iri"
//+ kind = "text"
//+ date = "date"
//+ place = "text"
//+ format = "text"
//+ status = "text"
//+ who = "iri"
//+ name = "text"
//+ offices = "list"
//+ held_of = "list"
//+ serves = "list"
//+ others = "list"
//+ others_of = "list"
//+ parties = "list"
//+ sources = "integer"

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
WITH coalesce(state, organisation) AS served
CALL {
  WITH served
  MATCH (:Person {id: $person})<-[:PERSON]-(one:Participation)
  RETURN one
  UNION
  WITH served
  MATCH (served)<-[:OFFICE_OF]-(:Tenure)<-[:HELD_TENURE]-(one:Participation)
  WHERE $person = ''
  RETURN one
  UNION
  WITH served
  MATCH (served)<-[:SERVES]-(:Person)<-[:PERSON]-(one:Participation)
  WHERE $person = '' AND NOT (one)-[:HELD_TENURE]->(:Tenure)
  RETURN one
}
MATCH (one)-[:PERSON]->(person:Person)
MATCH (one)<-[:PARTICIPATION]-(fact)
WITH fact, one, person, [(one)-[:HELD_TENURE]->(tenure:Tenure) | tenure.officeKind] AS offices
WHERE labels(fact)[0] IN ['Meeting', 'Visit'] AND ($office = '' OR $office IN offices)
  AND (($since = '' AND $until = '')
    OR (fact.date < 'X' AND fact.date + '-99' >= $since AND ($until = '' OR fact.date <= $until + '-99')))
RETURN fact.id AS fact,
  labels(fact)[0] AS kind,
  fact.date AS date,
  fact.place AS place,
  fact.meetingFormat AS format,
  fact.eventStatus AS status,
  person.id AS who,
  person.name AS name,
  offices,
  [(one)-[:HELD_TENURE]->(:Tenure)-[:OFFICE_OF]->(agent) | agent.code] AS held_of,
  [(person)-[:SERVES]->(agent) | agent.code] AS serves,
  [(fact)-[:PARTICIPATION]->(:Participation)-[:PERSON]->(other:Person) WHERE other.id <> person.id | other.name] AS others,
  [(fact)-[:PARTICIPATION]->(:Participation)-[:PERSON]->(other:Person)-[:SERVES]->(agent) WHERE other.id <> person.id | agent.code] AS others_of,
  [(fact)-[:PARTY|VISITING_PARTY|HOST_PARTY]->(agent) | agent.code] AS parties,
  fact.sourceCount AS sources
ORDER BY coalesce(date, '') DESC, fact, who
