//+ title = { fr = "Commissions d’un État", en = "Commissions of a state" }
//+ description.fr = "Les commissions mixtes et autres organes communs d’un État : accord fondateur, sièges, dernière session tenue."
//+ description.en = "The joint commissions and other joint bodies of a state: founding accord, seats, last session held."
//+ evidence = { question = "evidence", fact = "commission" }
//+ map = { city = "seats" }
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ as_of = { type = "date", fr = "existant à cette date, avec leurs sessions tenues jusque-là", en = "that existed on this date, with their sessions held by then" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ commission = { type = "iri", fr = "commission", en = "commission" }
//+ name = { type = "text", fr = "nom", en = "name" }
//+ type = { type = "text", fr = "type", en = "type" }
//+ status = { type = "text", fr = "état", en = "status" }
//+ parties = { type = "list", fr = "parties, par leur code", en = "parties, by their codes" }
//+ seats = { type = "list", fr = "villes où elle siège", en = "cities where it sits" }
//+ founded_on = { type = "date", fr = "créée le", en = "founded on" }
//+ founding_accord = { type = "iri", fr = "accord fondateur", en = "founding accord" }
//+ sessions = { type = "integer", fr = "sessions tenues dont une source parle", en = "sessions held that a source tells of" }
//+ last_session = { type = "integer", fr = "plus haut numéro d’une session tenue", en = "highest ordinal of a session held" }
//+ last_session_on = { type = "date", fr = "date de la dernière session tenue", en = "date of the last session held" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
WITH coalesce(state, organisation) AS agent
MATCH (agent)<-[:PARTY]-(commission:Commission)
WHERE ($as_of = '' OR ((commission.validFrom IS NOT NULL OR commission.validUntil IS NOT NULL)
    AND (commission.validFrom IS NULL OR commission.validFrom <= $as_of + '-99') AND (commission.validUntil IS NULL OR commission.validUntil + '-99' >= $as_of)))
OPTIONAL MATCH (commission)-[:FOUNDING_ACCORD]->(accord:Accord)
WITH commission, min(accord.id) AS founding_accord
OPTIONAL MATCH (commission)-[:SESSION]->(session:Session)
WHERE NOT coalesce(session.eventStatus, 'made') IN ['planned', 'postponed', 'cancelled']
  AND ($as_of = '' OR ((session.validFrom IS NOT NULL OR session.validUntil IS NOT NULL)
    AND (session.validFrom IS NULL OR session.validFrom <= $as_of + '-99') AND (session.validUntil IS NULL OR session.validUntil + '-99' >= $as_of)))
WITH commission, founding_accord,
  count(DISTINCT session) AS sessions,
  max(session.ordinal) AS last_session,
  max(CASE WHEN session.date < 'X' THEN session.date END) AS last_session_on
RETURN commission.id AS commission,
  CASE $lang WHEN 'en' THEN commission.label_en ELSE commission.label_fr END AS name,
  commission.commissionType AS type,
  commission.commissionStatus AS status,
  [(commission)-[:PARTY]->(party) | party.code] AS parties,
  commission.seat AS seats,
  commission.date AS founded_on,
  founding_accord,
  sessions,
  last_session,
  last_session_on,
  commission.sourceCount AS sources,
  commission.disputes AS disputed
ORDER BY coalesce(last_session_on, '') DESC, commission
