//+ title = { fr = "Missions ouvertes et fermées par année", en = "Missions opened and closed by year" }
//+ description.fr = "Combien de missions ont ouvert, rouvert ou fermé chaque année, par type ; celles d’un État ou toutes."
//+ description.en = "How many missions opened, reopened or closed each year, by type; those of a state or all."
//+ evidence = { question = "evidence", fact = "missions" }
//+
//+ [params]
//+ state = { type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+
//+ [columns]
//+ year = { type = "integer", fr = "année", en = "year" }
//+ type = { type = "text", fr = "type", en = "type" }
//+ opened = { type = "integer", fr = "ouvertes", en = "opened" }
//+ reopened = { type = "integer", fr = "rouvertes", en = "reopened" }
//+ closed = { type = "integer", fr = "fermées", en = "closed" }
//+ missions = { type = "list", fr = "les missions comptées", en = "the missions counted" }

CALL {
  MATCH (:State {id: $state})<-[:SENDER|HOST]-(mission:Mission) RETURN mission
  UNION
  MATCH (:Organisation {id: $state})<-[:SENDER|HOST]-(mission:Mission) RETURN mission
  UNION
  UNWIND CASE WHEN $state = '' THEN ['all'] ELSE [] END AS every
  MATCH (mission:Mission) RETURN mission
}
WITH mission
WHERE mission.date < 'X' AND mission.missionStatus IN ['opened', 'reopened', 'closed']
  AND (($since = '' AND $until = '')
    OR (mission.date < 'X' AND mission.date + '-99' >= $since AND ($until = '' OR mission.date <= $until + '-99')))
RETURN toInteger(substring(mission.date, 0, 4)) AS year,
  coalesce(mission.missionType, '') AS type,
  sum(CASE mission.missionStatus WHEN 'opened' THEN 1 ELSE 0 END) AS opened,
  sum(CASE mission.missionStatus WHEN 'reopened' THEN 1 ELSE 0 END) AS reopened,
  sum(CASE mission.missionStatus WHEN 'closed' THEN 1 ELSE 0 END) AS closed,
  collect(mission.id) AS missions
ORDER BY year, type
