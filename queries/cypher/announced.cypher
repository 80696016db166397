//+ title = { fr = "Annonces et suites", en = "Announcements and what came of them" }
//+ description.fr = "Ce qui a été annoncé : tenu, reporté, annulé, encore à venir, ou resté sans trace à une date."
//+ description.en = "What was announced: held, postponed, cancelled, still to come, or left without a trace by a date."
//+ evidence = { question = "fact_history", fact = "fact" }
//+ then = "outcomes"
//+
//+ [params]
//+ state = { type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ as_of = { by_step = true, type = "date", required = true, fr = "tel que c’était à cette date", en = "as things stood on this date" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ fact = { type = "iri", fr = "fait", en = "fact" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ class = { type = "text", fr = "classe", en = "class" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ announced_on = { type = "date", fr = "première annonce publiée", en = "first announcement published" }
//+ outcome = { type = "text", fr = "held, postponed, cancelled, pending ou no_trace", en = "held, postponed, cancelled, pending or no_trace" }
//+ known_on = { type = "date", fr = "première source qui le dit", en = "first source that says so" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }
//+
//+ [gathers]
//+ fact = "iri"
//+ label = "text"
//+ class = "text"
//+ date = "date"
//+ announced_on = "date"
//+ told = "list"
//+ sources = "integer"
//+ disputed = "list"

CALL {
  MATCH (:State {id: $state})<-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF|STANCE_OF]-(fact) WHERE coalesce(fact.accordStatus, fact.commissionStatus, fact.eventStatus, fact.missionStatus, fact.deploymentStatus) IS NOT NULL RETURN fact
  UNION
  MATCH (:Organisation {id: $state})<-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF|STANCE_OF]-(fact) WHERE coalesce(fact.accordStatus, fact.commissionStatus, fact.eventStatus, fact.missionStatus, fact.deploymentStatus) IS NOT NULL RETURN fact
  UNION
  UNWIND CASE WHEN $state = '' THEN ['all'] ELSE [] END AS every
  MATCH (fact) WHERE coalesce(fact.accordStatus, fact.commissionStatus, fact.eventStatus, fact.missionStatus, fact.deploymentStatus) IS NOT NULL RETURN fact
}
WITH fact, labels(fact)[0] AS class
WHERE class IN ['Accord', 'Commission', 'Deployment', 'Mission', 'RelationChange', 'Session', 'Visit']
MATCH (fact)-[report:REPORTED_IN]->(source:Source)
WITH fact, class, coalesce(source.publishedOn, '') AS published,
  head([told IN report.tells WHERE split(told, '=')[0] IN ['accordStatus', 'commissionStatus', 'eventStatus', 'missionStatus', 'deploymentStatus'] | split(told, '=')[1]]) AS status
WITH fact, class,
  min(CASE WHEN status IN ['planned', 'negotiated'] THEN published END) AS announced_on,
  collect(DISTINCT CASE WHEN status IN ['planned', 'negotiated'] THEN NULL ELSE published + ' ' + status END) AS told
WHERE announced_on IS NOT NULL
RETURN fact.id AS fact,
  CASE $lang WHEN 'en' THEN fact.label_en ELSE fact.label_fr END AS label,
  class,
  coalesce(fact.signedOn, fact.date) AS date,
  announced_on,
  told,
  fact.sourceCount AS sources,
  fact.disputes AS disputed
ORDER BY fact
