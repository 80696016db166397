//+ title = { fr = "Couverture", en = "Coverage" }
//+ description.fr = "Ce que l’on a lu sur un État et chaque partenaire, par année de publication : articles, langues, éditeurs ; là où il n’y a rien, le silence peut venir des sources."
//+ description.en = "What was read on a state and each partner, by year of publication: articles, languages, outlets; where there is nothing, silence may come from the sources."
//+ evidence = { question = "between", state = "$state", partner = "partner_code" }
//+ graph = { from = "$state", to = "partner_code" }
//+ map = { state = "partner_code" }
//+ then = "coverage"
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ partner = { type = "state", fr = "l’autre État", en = "the other state" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+
//+ [columns]
//+ year = { type = "integer", fr = "année de publication ; vide quand elle est inconnue", en = "year of publication; empty where unknown" }
//+ partner_code = { type = "text", fr = "partenaire, par son code", en = "partner, by its code" }
//+ articles = { type = "integer", fr = "sources", en = "sources" }
//+ languages = { type = "list", fr = "langues, « langue=sources »", en = "languages, “language=sources”" }
//+ outlets = { type = "list", fr = "éditeurs", en = "outlets" }
//+ facts = { type = "integer", fr = "faits", en = "facts" }
//+ alone = { type = "integer", fr = "dont d’une seule source", en = "of them of one source only" }
//+
//+ [gathers]
//+ year = "integer"
//+ partner_code = "text"
//+ fact = "iri"
//+ source = "iri"
//+ language = "text"
//+ publisher = "text"
//+ sources = "integer"

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
WITH coalesce(state, organisation) AS agent
MATCH (agent)<-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF]-(fact)-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF]->(other)
WHERE other.id <> agent.id AND ($partner = '' OR other.id = $partner)
WITH DISTINCT other, fact, labels(fact)[0] AS class
WHERE class IN ['Accord', 'Commission', 'Session', 'Meeting', 'Visit', 'Mission', 'RelationChange', 'Membership', 'TradeFlow', 'Aid', 'Deployment', 'Cooperation']
MATCH (fact)-[:REPORTED_IN]->(source:Source)
WHERE (($since = '' AND $until = '')
    OR (source.publishedOn < 'X' AND source.publishedOn + '-99' >= $since AND ($until = '' OR source.publishedOn <= $until + '-99')))
RETURN DISTINCT toInteger(substring(source.publishedOn, 0, 4)) AS year, other.code AS partner_code, fact.id AS fact, source.id AS source,
  source.language AS language, source.publisher AS publisher, fact.sourceCount AS sources
ORDER BY partner_code, coalesce(year, 0), fact, source
