//+ title = { fr = "Carte des partenaires", en = "Partner map" }
//+ description.fr = "Pour chaque partenaire d’un État à une date : relations, missions, accords par domaine et par état, commission, visites, échanges, tendance sur 12 et 36 mois."
//+ description.en = "For each partner of a state on a date: relations, missions, accords by domain and by status, commission, visits, trade, trend over 12 and 36 months."
//+ evidence = { question = "between", state = "$state", partner = "partner" }
//+ graph = { from = "$state", to = "partner" }
//+ map = { state = "partner" }
//+ then = "partner_map"
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ as_of = { by_step = true, type = "date", required = true, fr = "tel que c’était à cette date", en = "as things stood on this date" }
//+
//+ [columns]
//+ partner = { type = "text", fr = "partenaire, par son code", en = "partner, by its code" }
//+ relations = { type = "text", fr = "dernier changement de relations", en = "last change of relations" }
//+ relations_on = { type = "date", fr = "date de ce changement", en = "date of that change" }
//+ level = { type = "text", fr = "plus haut type de mission ouverte entre eux", en = "highest type of mission open between them" }
//+ missions_sent = { type = "integer", fr = "missions ouvertes chez le partenaire", en = "missions open in the partner’s country" }
//+ missions_hosted = { type = "integer", fr = "missions ouvertes du partenaire", en = "missions of the partner that are open" }
//+ accords = { type = "integer", fr = "accords signés", en = "accords signed" }
//+ accords_in_force = { type = "integer", fr = "dont en vigueur", en = "of them in force" }
//+ accords_ended = { type = "integer", fr = "dont éteints ou suspendus", en = "of them ended or suspended" }
//+ accords_planned = { type = "integer", fr = "accords annoncés ou négociés", en = "accords announced or negotiated" }
//+ domains = { type = "list", fr = "accords par domaine, « domaine=nombre »", en = "accords by domain, “domain=number”" }
//+ commissions = { type = "integer", fr = "commissions", en = "commissions" }
//+ last_session_on = { type = "date", fr = "dernière session", en = "last session" }
//+ visits_made = { type = "integer", fr = "visites faites", en = "visits made" }
//+ visits_received = { type = "integer", fr = "visites reçues", en = "visits received" }
//+ last_visit_on = { type = "date", fr = "dernière visite", en = "last visit" }
//+ meetings = { type = "integer", fr = "rencontres", en = "meetings" }
//+ last_contact = { type = "date", fr = "dernier contact", en = "last contact" }
//+ trade_year = { type = "integer", fr = "année du dernier chiffre d’échanges", en = "year of the last figure of trade" }
//+ trade_value = { type = "number", fr = "ce chiffre", en = "that figure" }
//+ trade_currency = { type = "text", fr = "sa monnaie", en = "its currency" }
//+ last_12 = { type = "integer", fr = "faits datés des 12 derniers mois, hors ce qui n’a pas eu lieu", en = "facts dated in the last 12 months, without what did not take place" }
//+ before_12 = { type = "integer", fr = "des 12 mois d’avant", en = "in the 12 months before" }
//+ last_36 = { type = "integer", fr = "des 36 derniers mois", en = "in the last 36 months" }
//+ before_36 = { type = "integer", fr = "des 36 mois d’avant", en = "in the 36 months before" }
//+ trend_12 = { type = "number", fr = "tendance sur 12 mois, de -1 à 1", en = "trend over 12 months, -1 to 1" }
//+ margin_12 = { type = "number", fr = "sa marge à 95 %", en = "its margin at 95 %" }
//+ trend_36 = { type = "number", fr = "tendance sur 36 mois", en = "trend over 36 months" }
//+ margin_36 = { type = "number", fr = "sa marge à 95 %", en = "its margin at 95 %" }
//+ facts = { type = "integer", fr = "faits en tout jusqu’à cette date", en = "facts in all by that date" }
//+ accords_12 = { type = "integer", fr = "accords signés dans les 12 derniers mois", en = "accords signed in the last 12 months" }
//+ accords_36 = { type = "integer", fr = "accords signés dans les 36 derniers mois", en = "accords signed in the last 36 months" }
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
//+ begun = "date"
//+ ended = "date"
//+ status_on = "date"

CALL {
  MATCH (state:State {id: $state}) RETURN state AS agent
  UNION
  MATCH (organisation:Organisation {id: $state}) RETURN organisation AS agent
}
MATCH (agent)<-[mine:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF]-(fact)
WITH agent, fact, labels(fact)[0] AS kind, type(mine) AS role
WHERE kind IN ['Accord', 'Commission', 'Session', 'Meeting', 'Visit', 'Mission', 'RelationChange', 'Membership', 'TradeFlow', 'Aid', 'Deployment', 'Cooperation']
MATCH (fact)-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF]->(partner)
WHERE partner.id <> agent.id
WITH DISTINCT partner, fact, kind, role
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
  fact.sourceCount AS sources,
  fact.validFrom AS begun,
  fact.validUntil AS ended,
  fact.statusOn AS status_on
ORDER BY partner, coalesce(date, ''), fact, role
