//+ title = { fr = "Missions entre deux États", en = "Missions between two states" }
//+ description.fr = "Les missions diplomatiques qu’un État entretient chez un autre et reçoit de lui, dans les deux sens ; sans partenaire nommé, avec tous."
//+ description.en = "The diplomatic missions that a state keeps in another and hosts for it, both ways; with no partner named, with all."
//+ evidence = { question = "evidence", fact = "mission" }
//+ graph = { from = "sender", to = "host" }
//+ map = { city = "place" }
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ partner = { type = "state", fr = "l’autre État", en = "the other state" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ as_of = { type = "date", fr = "ouvertes à cette date", en = "open on this date" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ mission = { type = "iri", fr = "mission", en = "mission" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ sender = { type = "text", fr = "État d’envoi", en = "sending state" }
//+ host = { type = "text", fr = "État hôte", en = "host state" }
//+ type = { type = "text", fr = "type", en = "type" }
//+ status = { type = "text", fr = "état", en = "status" }
//+ place = { type = "text", fr = "lieu", en = "place" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
WITH coalesce(state, organisation) AS agent
MATCH (agent)<-[:SENDER|HOST]-(mission:Mission)-[:SENDER|HOST]->(other)
WHERE other.id <> agent.id AND ($partner = '' OR other.id = $partner)
  AND (($since = '' AND $until = '')
    OR (mission.date < 'X' AND mission.date + '-99' >= $since AND ($until = '' OR mission.date <= $until + '-99')))
  AND ($as_of = '' OR ((mission.validFrom IS NOT NULL OR mission.validUntil IS NOT NULL)
    AND (mission.validFrom IS NULL OR mission.validFrom <= $as_of + '-99') AND (mission.validUntil IS NULL OR mission.validUntil + '-99' >= $as_of)))
WITH DISTINCT mission
MATCH (mission)-[:SENDER]->(sender)
MATCH (mission)-[:HOST]->(host)
WHERE $as_of = '' OR mission.validFrom IS NOT NULL OR size([(sender)<-[:SENDER]-(opened:Mission)-[:HOST]->(host)
    WHERE opened.validFrom IS NOT NULL AND opened.validUntil = mission.validUntil AND opened.missionType = mission.missionType | opened.id]) = 0
RETURN mission.id AS mission,
  CASE $lang WHEN 'en' THEN mission.label_en ELSE mission.label_fr END AS label,
  sender.code AS sender,
  host.code AS host,
  mission.missionType AS type,
  mission.missionStatus AS status,
  mission.place AS place,
  mission.date AS date,
  mission.sourceCount AS sources,
  mission.disputes AS disputed
ORDER BY sender, host, coalesce(date, ''), mission
