//+ title = { fr = "Désaccords entre sources", en = "Disagreements between sources" }
//+ description.fr = "Les faits sur lesquels les sources divergent : chaque version de la date, du lieu ou d’une autre propriété, avec qui la donne, et celle que la vue montre."
//+ description.en = "The facts on which sources disagree: each version of the date, the place or another property, with who gives it, and the one that the view shows."
//+ evidence = { question = "fact_history", fact = "fact" }
//+ then = "shown"
//+
//+ [params]
//+ state = { type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ kind = { type = "text", choices = ["Accord", "Commission", "Session", "Meeting", "Visit", "Mission", "RelationChange", "Membership", "TradeFlow", "Aid", "Deployment", "Cooperation", "Stance"], fr = "classe des faits", en = "class of the facts" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ fact = { type = "iri", fr = "fait", en = "fact" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ class = { type = "text", fr = "classe", en = "class" }
//+ property = { type = "text", fr = "propriété", en = "property" }
//+ version = { type = "text", fr = "version", en = "version" }
//+ shown = { type = "text", fr = "yes pour la version que la vue montre, no pour une autre", en = "yes for the version that the view shows, no for another" }
//+ number = { type = "integer", fr = "sources qui la donnent", en = "sources that give it" }
//+ reported_by = { type = "list", fr = "leurs éditeurs", en = "their publishers" }
//+ articles = { type = "list", fr = "ces sources", en = "these sources" }
//+
//+ [gathers]
//+ fact = "iri"
//+ label = "text"
//+ class = "text"
//+ property = "text"
//+ version = "text"
//+ shows = "list"
//+ number = "integer"
//+ reported_by = "list"
//+ articles = "list"

CALL {
  MATCH (:State {id: $state})<-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF|STANCE_OF]-(fact) WHERE size(fact.disputes) > 0 RETURN fact
  UNION
  MATCH (:Organisation {id: $state})<-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF|STANCE_OF]-(fact) WHERE size(fact.disputes) > 0 RETURN fact
  UNION
  UNWIND CASE WHEN $state = '' THEN ['all'] ELSE [] END AS every
  MATCH (fact) WHERE size(fact.disputes) > 0 RETURN fact
}
WITH fact, labels(fact)[0] AS class
WHERE class IN ['Accord', 'Commission', 'Session', 'Meeting', 'Visit', 'Mission', 'RelationChange', 'Membership', 'TradeFlow', 'Aid', 'Deployment', 'Cooperation', 'Stance'] AND ($kind = '' OR class = $kind)
MATCH (fact)-[report:REPORTED_IN]->(source:Source)
UNWIND fact.disputes AS property
WITH fact, class, property, report, source
UNWIND [told IN report.tells WHERE told STARTS WITH property + '=' | substring(told, size(property) + 1)] AS version
WITH fact, class, property, version, count(DISTINCT source.id) AS number, collect(DISTINCT source.publisher) AS reported_by, collect(DISTINCT source.id) AS articles
RETURN fact.id AS fact,
  CASE $lang WHEN 'en' THEN fact.label_en ELSE fact.label_fr END AS label,
  class,
  property,
  version,
  CASE property WHEN 'changedBy' THEN [(fact)-[:CHANGED_BY]->(agent) | agent.code]
    WHEN 'signatory' THEN reduce(names = [], one IN [(fact)-[:SIGNATORY]->(person) | [person.name] + coalesce(person.alternateName, [])] | names + one)
    ELSE [toString(fact[property])] END AS shows,
  number,
  reported_by,
  articles
ORDER BY fact, property, version
