//+ title = { fr = "Partenaires d’un État", en = "Partners of a state" }
//+ description.fr = "Chaque partenaire d’un État, le nombre de faits de chaque genre qui les lient, et leur dernier contact : signature, session, rencontre ou visite qui a eu lieu."
//+ description.en = "Each partner of a state, how many facts of each kind tie the two, and their last contact: a signing, session, meeting or visit that took place."
//+ evidence = { question = "between", state = "$state", partner = "partner" }
//+ graph = { from = "$state", to = "partner" }
//+ map = { state = "partner" }
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ as_of = { type = "date", fr = "faits valables ou survenus à cette date", en = "facts that held or had happened on this date" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ partner = { type = "text", fr = "partenaire, par son code", en = "partner, by its code" }
//+ label = { type = "text", fr = "nom", en = "name" }
//+ facts = { type = "integer", fr = "faits en tout", en = "facts in all" }
//+ accords = { type = "integer", fr = "accords", en = "accords" }
//+ commissions = { type = "integer", fr = "commissions", en = "commissions" }
//+ meetings = { type = "integer", fr = "rencontres", en = "meetings" }
//+ visits = { type = "integer", fr = "visites", en = "visits" }
//+ missions = { type = "integer", fr = "missions diplomatiques", en = "diplomatic missions" }
//+ relations = { type = "integer", fr = "changements de relation", en = "changes of relations" }
//+ memberships = { type = "integer", fr = "adhésions", en = "memberships" }
//+ trade = { type = "integer", fr = "flux commerciaux", en = "trade flows" }
//+ aid = { type = "integer", fr = "aides", en = "aid" }
//+ deployments = { type = "integer", fr = "déploiements", en = "deployments" }
//+ cooperation = { type = "integer", fr = "coopérations", en = "cooperation" }
//+ last_contact = { type = "date", fr = "dernier contact", en = "last contact" }

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
WITH coalesce(state, organisation) AS agent
MATCH (agent)<-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF]-(fact)-[:PARTY|VISITING_PARTY|HOST_PARTY|SENDER|HOST|DONOR|RECIPIENT|MEMBER|MEMBER_OF]->(partner)
WHERE partner.id <> agent.id
  AND ($as_of = '' OR ((fact.validFrom IS NOT NULL OR fact.validUntil IS NOT NULL)
    AND (fact.validFrom IS NULL OR fact.validFrom <= $as_of + '-99') AND (fact.validUntil IS NULL OR fact.validUntil + '-99' >= $as_of)))
WITH DISTINCT partner, fact, labels(fact)[0] AS kind
WITH partner, kind,
  CASE
    WHEN kind = 'Accord' AND NOT coalesce(fact.accordStatus, 'signed') IN ['planned', 'negotiated'] THEN fact.signedOn
    WHEN kind IN ['Session', 'Meeting', 'Visit'] AND NOT coalesce(fact.eventStatus, 'made') IN ['planned', 'postponed', 'cancelled'] THEN fact.date
  END AS contact
WITH partner,
  sum(CASE WHEN kind IN ['Accord', 'Commission', 'Meeting', 'Visit', 'Mission', 'RelationChange', 'Membership', 'TradeFlow', 'Aid', 'Deployment', 'Cooperation'] THEN 1 ELSE 0 END) AS facts,
  sum(CASE kind WHEN 'Accord' THEN 1 ELSE 0 END) AS accords,
  sum(CASE kind WHEN 'Commission' THEN 1 ELSE 0 END) AS commissions,
  sum(CASE kind WHEN 'Meeting' THEN 1 ELSE 0 END) AS meetings,
  sum(CASE kind WHEN 'Visit' THEN 1 ELSE 0 END) AS visits,
  sum(CASE kind WHEN 'Mission' THEN 1 ELSE 0 END) AS missions,
  sum(CASE kind WHEN 'RelationChange' THEN 1 ELSE 0 END) AS relations,
  sum(CASE kind WHEN 'Membership' THEN 1 ELSE 0 END) AS memberships,
  sum(CASE kind WHEN 'TradeFlow' THEN 1 ELSE 0 END) AS trade,
  sum(CASE kind WHEN 'Aid' THEN 1 ELSE 0 END) AS aid,
  sum(CASE kind WHEN 'Deployment' THEN 1 ELSE 0 END) AS deployments,
  sum(CASE kind WHEN 'Cooperation' THEN 1 ELSE 0 END) AS cooperation,
  max(CASE WHEN contact < 'X' THEN contact END) AS last_contact
WHERE facts > 0
RETURN partner.code AS partner,
  CASE $lang WHEN 'en' THEN partner.label_en ELSE partner.label_fr END AS label,
  facts, accords, commissions, meetings, visits, missions, relations, memberships, trade, aid, deployments, cooperation, last_contact
ORDER BY facts DESC, partner
