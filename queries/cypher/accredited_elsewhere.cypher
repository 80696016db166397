//+ title = { fr = "Missions accréditées depuis un pays tiers", en = "Missions accredited from a third country" }
//+ description.fr = "Les missions qui se trouvent dans un autre pays que celui auprès duquel elles sont accréditées ; celles d’un État ou toutes."
//+ description.en = "The missions that lie in another country than the one to which they are accredited; those of a state or all."
//+ evidence = { question = "evidence", fact = "mission" }
//+ graph = { from = "sender", to = "host" }
//+ map = { city = "place" }
//+ then = "accredited"
//+
//+ [params]
//+ state = { type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ as_of = { type = "date", fr = "ouvertes à cette date", en = "open on this date" }
//+
//+ [columns]
//+ mission = { type = "iri", fr = "mission", en = "mission" }
//+ sender = { type = "text", fr = "État d’envoi", en = "sending state" }
//+ host = { type = "text", fr = "État d’accréditation", en = "state of accreditation" }
//+ residence = { type = "text", fr = "État où elle se trouve", en = "state where it lies" }
//+ place = { type = "text", fr = "lieu", en = "place" }
//+ type = { type = "text", fr = "type", en = "type" }
//+ status = { type = "text", fr = "état", en = "status" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+
//+ [gathers]
//+ mission = "iri"
//+ sender = "text"
//+ host = "text"
//+ place = "text"
//+ type = "text"
//+ status = "text"
//+ date = "date"
//+ sources = "integer"

CALL {
  MATCH (:State {id: $state})<-[:SENDER|HOST]-(mission:Mission) RETURN mission
  UNION
  MATCH (:Organisation {id: $state})<-[:SENDER|HOST]-(mission:Mission) RETURN mission
  UNION
  UNWIND CASE WHEN $state = '' THEN ['all'] ELSE [] END AS every
  MATCH (mission:Mission) RETURN mission
}
MATCH (mission)-[:SENDER]->(sender)
MATCH (mission)-[:HOST]->(host)
WHERE mission.place IS NOT NULL AND ($as_of = '' OR ((mission.validFrom IS NOT NULL OR mission.validUntil IS NOT NULL)
    AND (mission.validFrom IS NULL OR mission.validFrom <= $as_of + '-99') AND (mission.validUntil IS NULL OR mission.validUntil + '-99' >= $as_of)))
RETURN mission.id AS mission, sender.code AS sender, host.code AS host, mission.place AS place, mission.missionType AS type,
  mission.missionStatus AS status, mission.date AS date, mission.sourceCount AS sources
ORDER BY sender, host, coalesce(date, ''), mission
