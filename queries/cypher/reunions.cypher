//+ title = { fr = "Retrouvailles", en = "Meetings again" }
//+ description.fr = "Les deux mêmes personnes qui se rencontrent plusieurs fois, et les fonctions que chacune exerçait alors."
//+ description.en = "The same two persons who meet several times, and the offices that each held then."
//+ evidence = { question = "evidence", fact = "meetings" }
//+ graph = { from = "name", to = "other_name" }
//+
//+ [params]
//+ person = { type = "fact", fr = "personne, par son identifiant", en = "person, by id" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ least = { type = "integer", default = 2, fr = "rencontres, au moins", en = "meetings, at least" }
//+
//+ [columns]
//+ who = { type = "iri", fr = "personne", en = "person" }
//+ name = { type = "text", fr = "nom", en = "name" }
//+ other = { type = "iri", fr = "autre personne", en = "other person" }
//+ other_name = { type = "text", fr = "son nom", en = "the other’s name" }
//+ number = { type = "integer", fr = "rencontres", en = "meetings" }
//+ first = { type = "date", fr = "première rencontre datée", en = "first dated meeting" }
//+ last = { type = "date", fr = "dernière rencontre datée", en = "last dated meeting" }
//+ offices = { type = "list", fr = "fonctions de la première personne", en = "offices of the first person" }
//+ other_offices = { type = "list", fr = "fonctions de l’autre", en = "offices of the other" }
//+ meetings = { type = "list", fr = "ces rencontres", en = "these meetings" }

CALL {
  MATCH (:Person {id: $person})<-[:PERSON]-(one:Participation)<-[:PARTICIPATION]-(meeting:Meeting) RETURN one, meeting
  UNION
  UNWIND CASE WHEN $person = '' THEN ['all'] ELSE [] END AS every
  MATCH (one:Participation)<-[:PARTICIPATION]-(meeting:Meeting) RETURN one, meeting
}
MATCH (person:Person)<-[:PERSON]-(one)
MATCH (meeting)-[:PARTICIPATION]->(two:Participation)-[:PERSON]->(other:Person)
WHERE person.id <> other.id AND ($person <> '' OR person.id < other.id)
  AND (($since = '' AND $until = '')
    OR (meeting.date < 'X' AND meeting.date + '-99' >= $since AND ($until = '' OR meeting.date <= $until + '-99')))
OPTIONAL MATCH (one)-[:HELD_TENURE]->(held:Tenure)
OPTIONAL MATCH (two)-[:HELD_TENURE]->(otherHeld:Tenure)
WITH person, other, count(DISTINCT meeting) AS number,
  min(CASE WHEN meeting.date < 'X' THEN meeting.date END) AS first,
  max(CASE WHEN meeting.date < 'X' THEN meeting.date END) AS last,
  collect(DISTINCT held.officeKind) AS offices,
  collect(DISTINCT otherHeld.officeKind) AS other_offices,
  collect(DISTINCT meeting.id) AS meetings
WHERE number >= $least
RETURN person.id AS who, person.name AS name, other.id AS other, other.name AS other_name,
  number, first, last, offices, other_offices, meetings
ORDER BY number DESC, who, other
