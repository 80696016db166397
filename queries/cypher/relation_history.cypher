//+ title = { fr = "Histoire de relations", en = "History of relations" }
//+ description.fr = "Quand les relations de deux États ont été établies, rompues, rétablies ; le niveau de représentation après chaque changement."
//+ description.en = "When the relations of two states were established, severed, restored; the level of representation after each change."
//+ evidence = { question = "evidence", fact = "fact" }
//+ then = "relations"
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ partner = { type = "state", required = true, fr = "l’autre État", en = "the other state" }
//+ as_of = { type = "date", fr = "tel que c’était à cette date", en = "as things stood on this date" }
//+
//+ [columns]
//+ fact = { type = "iri", fr = "fait", en = "fact" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ event = { type = "text", fr = "ce qui arrive", en = "what happens" }
//+ by = { type = "text", fr = "qui l’a décidé, ou envoyeur de la mission", en = "who decided it, or sender of the mission" }
//+ status = { type = "text", fr = "état", en = "status" }
//+ relations = { type = "text", fr = "relations ensuite : established, severed, vide si inconnues", en = "relations afterwards: established, severed, empty if unknown" }
//+ level_out = { type = "text", fr = "plus haute mission du premier chez le second, ensuite", en = "highest mission of the first in the second afterwards" }
//+ level_in = { type = "text", fr = "plus haute mission du second chez le premier, ensuite", en = "highest mission of the second in the first afterwards" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }
//+
//+ [gathers]
//+ fact = "iri"
//+ date = "date"
//+ kind = "text"
//+ role = "text"
//+ type = "text"
//+ status = "text"
//+ by = "text"
//+ sources = "integer"
//+ disputed = "list"
//+ begun = "date"
//+ ended = "date"

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
OPTIONAL MATCH (otherState:State {id: $partner})
OPTIONAL MATCH (otherOrganisation:Organisation {id: $partner})
WITH coalesce(state, organisation) AS agent, coalesce(otherState, otherOrganisation) AS partner
MATCH (agent)<-[mine:PARTY|SENDER|HOST]-(fact)-[:PARTY|SENDER|HOST]->(partner)
WHERE agent.id <> partner.id AND labels(fact)[0] IN ['RelationChange', 'Mission']
  AND ($as_of = '' OR (fact.date < 'X' AND fact.date <= $as_of + '-99'))
OPTIONAL MATCH (fact)-[:CHANGED_BY|SENDER]->(by)
RETURN fact.id AS fact,
  fact.date AS date,
  labels(fact)[0] AS kind,
  CASE type(mine) WHEN 'PARTY' THEN 'party' WHEN 'SENDER' THEN 'sender' ELSE 'host' END AS role,
  coalesce(fact.relationChangeType, fact.missionType) AS type,
  coalesce(fact.eventStatus, fact.missionStatus) AS status,
  by.code AS by,
  fact.sourceCount AS sources,
  fact.disputes AS disputed,
  fact.validFrom AS begun,
  fact.validUntil AS ended
ORDER BY coalesce(date, '9999'), fact, role
