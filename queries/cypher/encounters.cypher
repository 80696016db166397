//+ title = { fr = "Qui a rencontré qui", en = "Who met whom" }
//+ description.fr = "Les rencontres, personne à personne, avec la fonction que chacun exerçait ce jour-là ; d’un État ou de tous, entre deux dates."
//+ description.en = "Meetings, person by person, with the office that each held that day; of one state or of all, between two dates."
//+ evidence = { question = "evidence", fact = "meeting" }
//+ graph = { from = "person", to = "other_person" }
//+ map = { city = "place" }
//+
//+ [params]
//+ state = { type = "state", fr = "État ou organisation que sert la première personne", en = "state or organisation that the first person serves" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+
//+ [columns]
//+ meeting = { type = "iri", fr = "rencontre", en = "meeting" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ place = { type = "text", fr = "lieu", en = "place" }
//+ format = { type = "text", fr = "forme", en = "format" }
//+ person = { type = "text", fr = "personne", en = "person" }
//+ office = { type = "list", fr = "sa fonction ce jour-là", en = "the office held that day" }
//+ of = { type = "list", fr = "qui elle sert : par cette fonction ; sans elle, selon les sources", en = "whom the person serves: by that office; without one, as sources say" }
//+ other_person = { type = "text", fr = "autre personne", en = "other person" }
//+ other_office = { type = "list", fr = "fonction de l’autre ce jour-là", en = "the other’s office that day" }
//+ other_of = { type = "list", fr = "qui l’autre sert", en = "whom the other serves" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }

OPTIONAL MATCH (state:State {id: $state}) //+ state
OPTIONAL MATCH (organisation:Organisation {id: $state}) //+ state
WITH coalesce(state, organisation) AS served //+ state
CALL { //+ state
  WITH served //+ state
  MATCH (served)<-[:OFFICE_OF]-(:Tenure)<-[:HELD_TENURE]-(one:Participation)<-[:PARTICIPATION]-(meeting:Meeting) //+ state
  RETURN one, meeting //+ state
  UNION //+ state
  WITH served //+ state
  MATCH (served)<-[:SERVES]-(:Person)<-[:PERSON]-(one:Participation)<-[:PARTICIPATION]-(meeting:Meeting) //+ state
  WHERE NOT (one)-[:HELD_TENURE]->(:Tenure) //+ state
  RETURN one, meeting //+ state
} //+ state
MATCH (meeting:Meeting) //- state
WHERE (($since = '' AND $until = '') //- state
    OR (meeting.date < 'X' AND meeting.date + '-99' >= $since AND ($until = '' OR meeting.date <= $until + '-99'))) //- state
WITH meeting, [(meeting)-[:PARTICIPATION]->(:Participation)-[:PERSON]->(person:Person) | person.id] AS people //- state
WHERE any(person IN people WHERE person <> people[0]) //- state
WITH meeting ORDER BY coalesce(meeting.date, '') DESC, meeting.id LIMIT $most //- state
MATCH (meeting)-[:PARTICIPATION]->(one:Participation) //- state
MATCH (one)-[:PERSON]->(person:Person)
MATCH (meeting)-[:PARTICIPATION]->(two:Participation)-[:PERSON]->(other:Person)
WHERE person.id <> other.id AND ($state <> '' OR person.id < other.id)
  AND (($since = '' AND $until = '')
    OR (meeting.date < 'X' AND meeting.date + '-99' >= $since AND ($until = '' OR meeting.date <= $until + '-99')))
WITH meeting, one, two, person, other
ORDER BY coalesce(meeting.date, '') DESC, meeting.id, person.name, other.name, one.id, two.id LIMIT $most
WITH meeting, one, two, person, other,
  [(one)-[:HELD_TENURE]->(tenure:Tenure) | tenure.officeKind] AS office,
  [(one)-[:HELD_TENURE]->(:Tenure)-[:OFFICE_OF]->(agent) | agent.code] AS held_of,
  [(person)-[:SERVES]->(agent) | agent.code] AS serves,
  [(two)-[:HELD_TENURE]->(tenure:Tenure) | tenure.officeKind] AS other_office,
  [(two)-[:HELD_TENURE]->(:Tenure)-[:OFFICE_OF]->(agent) | agent.code] AS other_held_of,
  [(other)-[:SERVES]->(agent) | agent.code] AS other_serves
RETURN meeting.id AS meeting,
  meeting.date AS date,
  meeting.place AS place,
  meeting.meetingFormat AS format,
  person.name AS person,
  office,
  CASE WHEN size(office) > 0 THEN held_of ELSE serves END AS of,
  other.name AS other_person,
  other_office,
  CASE WHEN size(other_office) > 0 THEN other_held_of ELSE other_serves END AS other_of,
  meeting.sourceCount AS sources
ORDER BY coalesce(date, '') DESC, meeting, person, other_person, one.id, two.id
