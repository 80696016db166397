//+ title = { fr = "Vie d’un accord", en = "Life of an accord" }
//+ description.fr = "Le cycle de vie d’un accord : chaque étape avec sa date, son lieu, ses parties, qui a ratifié, ses signataires et leurs fonctions ce jour-là."
//+ description.en = "The life-cycle of an accord: each step with its date, place, parties, who ratified, signatories and the offices that they held that day."
//+ evidence = { question = "evidence", fact = "act" }
//+ map = { city = "place" }
//+
//+ [params]
//+ accord = { type = "fact", required = true, fr = "accord, par son identifiant", en = "accord, by its id" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ act = { type = "iri", fr = "acte", en = "act" }
//+ step = { type = "text", fr = "étape", en = "step" }
//+ status = { type = "text", fr = "état", en = "status" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ place = { type = "text", fr = "lieu", en = "place" }
//+ parties = { type = "list", fr = "parties, par leur code", en = "parties, by their codes" }
//+ ratified_by = { type = "list", fr = "celle qui a ratifié, par son code, si une source le dit", en = "the one that ratified, by its code, where a source says so" }
//+ signatories = { type = "list", fr = "signataires", en = "signatories" }
//+ offices = { type = "list", fr = "fonctions des signataires ce jour-là", en = "offices that the signatories held that day" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }

MATCH (:Accord {id: $accord})-[:ACT]->(act:AccordAct)
RETURN act.id AS act,
  act.actType AS step,
  act.eventStatus AS status,
  act.date AS date,
  act.place AS place,
  [(act)-[:PARTY]->(party) | party.code] AS parties,
  [(act)-[:RATIFIED_BY]->(ratifier) | ratifier.code] AS ratified_by,
  [(act)-[:SIGNATORY]->(person:Person) | person.name] AS signatories,
  [(act)-[:PARTICIPATION]->(:Participation)-[:HELD_TENURE]->(tenure:Tenure) |
    CASE $lang WHEN 'en' THEN tenure.label_en ELSE tenure.label_fr END] AS offices,
  act.sourceCount AS sources,
  act.disputes AS disputed
ORDER BY coalesce(date, '9999'), CASE step WHEN 'negotiated' THEN 1 WHEN 'initialled' THEN 2 WHEN 'signed' THEN 3 WHEN 'ratified' THEN 4
  WHEN 'in_force' THEN 5 WHEN 'amended' THEN 6 WHEN 'suspended' THEN 7 ELSE 8 END, act
