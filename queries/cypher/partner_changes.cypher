//+ title = { fr = "Partenaires gagnés et perdus", en = "Partners gained and lost" }
//+ description.fr = "Année par année, les partenaires gagnés et perdus par un État : relations, missions, premier accord, premier et dernier contacts."
//+ description.en = "Year by year, the partners gained and lost by a state: relations, missions, first accord, first and last contact."
//+ evidence = { question = "evidence", fact = "fact" }
//+ graph = { from = "$state", to = "partner" }
//+ map = { state = "partner" }
//+ then = "changes"
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ since = { by_step = true, type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { by_step = true, type = "date", fr = "pas après cette date", en = "not after this date" }
//+
//+ [columns]
//+ year = { type = "integer", fr = "année", en = "year" }
//+ partner = { type = "text", fr = "partenaire, par son code", en = "partner, by its code" }
//+ change = { type = "text", fr = "ce qui change", en = "what changes" }
//+ direction = { type = "text", fr = "gained ou lost ; vide pour un dernier contact", en = "gained or lost; empty for a last contact" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ fact = { type = "iri", fr = "fait", en = "fact" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+
//+ [gathers]
//+ partner = "text"
//+ kind = "text"
//+ fact = "iri"
//+ role = "text"
//+ type = "text"
//+ status = "text"
//+ date = "date"
//+ domains = "list"
//+ value = "number"
//+ currency = "text"
//+ sources = "integer"

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
WITH coalesce(state, organisation) AS agent
MATCH (agent)<-[mine:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF]-(fact)-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF]->(partner)
WHERE partner.id <> agent.id
WITH DISTINCT partner, fact, labels(fact)[0] AS kind, type(mine) AS role
WHERE kind IN ['Accord', 'Commission', 'Session', 'Meeting', 'Visit', 'Mission', 'RelationChange', 'Membership', 'TradeFlow', 'Aid', 'Deployment', 'Cooperation']
RETURN partner.code AS partner,
  kind,
  fact.id AS fact,
  CASE role WHEN 'PARTY' THEN 'party' WHEN 'VISITING_PARTY' THEN 'visitingParty' WHEN 'HOST_PARTY' THEN 'hostParty' WHEN 'SENDER' THEN 'sender' WHEN 'HOST' THEN 'host' WHEN 'DONOR' THEN 'donor' WHEN 'RECIPIENT' THEN 'recipient' WHEN 'MEMBER' THEN 'member' WHEN 'MEMBER_OF' THEN 'memberOf' END AS role,
  coalesce(fact.accordType, fact.commissionType, fact.missionType, fact.relationChangeType, fact.membershipChangeType, fact.tradeDirection) AS type,
  coalesce(fact.accordStatus, fact.commissionStatus, fact.missionStatus, fact.deploymentStatus, fact.eventStatus) AS status,
  coalesce(fact.signedOn, fact.date, fact.year) AS date,
  fact.domain AS domains,
  toFloat(fact.value) AS value,
  fact.currency AS currency,
  fact.sourceCount AS sources
ORDER BY partner, coalesce(date, ''), fact, role
