//+ title = { fr = "Calendrier des commissions", en = "Calendar of commissions" }
//+ description.fr = "Les commissions d’un État à une date : dernière session, rythme, prochaine échéance, et celles qui sont en retard."
//+ description.en = "The commissions of a state on a date: last session, rhythm, next due, and those that are overdue."
//+ evidence = { question = "evidence", fact = "commission" }
//+ then = "calendar"
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ as_of = { by_step = true, type = "date", required = true, fr = "tel que c’était à cette date", en = "as things stood on this date" }
//+ years = { type = "integer", by_step = true, default = 2, fr = "en retard quand aucune session ne s’est tenue depuis plus de tant d’années", en = "overdue when no session was held for more than so many years" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ commission = { type = "iri", fr = "commission", en = "commission" }
//+ name = { type = "text", fr = "nom", en = "name" }
//+ parties = { type = "list", fr = "parties, par leur code", en = "parties, by their codes" }
//+ founded_on = { type = "date", fr = "créée le", en = "founded on" }
//+ founding_accord = { type = "iri", fr = "accord fondateur", en = "founding accord" }
//+ sessions = { type = "integer", fr = "sessions tenues jusque-là", en = "sessions held by then" }
//+ last_session = { type = "integer", fr = "rang de la dernière", en = "ordinal of the last" }
//+ last_session_on = { type = "date", fr = "date de la dernière session", en = "date of the last session" }
//+ rhythm = { type = "integer", fr = "mois entre deux sessions, médiane", en = "months between sessions, median" }
//+ next_planned = { type = "date", fr = "prochaine session annoncée", en = "next session announced" }
//+ next_due = { type = "date", fr = "prochaine échéance", en = "next due" }
//+ months_since = { type = "integer", fr = "mois depuis la dernière session ou la création", en = "months since the last session or the founding" }
//+ overdue = { type = "text", fr = "yes ou no ; vide quand aucune date n’est connue", en = "yes or no; empty when no date is known" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+
//+ [gathers]
//+ commission = "iri"
//+ name = "text"
//+ parties = "list"
//+ founded_on = "date"
//+ founding_accord = "iri"
//+ sources = "integer"
//+ session = "iri"
//+ ordinal = "integer"
//+ date = "date"
//+ status = "text"

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
WITH coalesce(state, organisation) AS agent
MATCH (agent)<-[:PARTY]-(commission:Commission)
OPTIONAL MATCH (commission)-[:FOUNDING_ACCORD]->(accord:Accord)
WITH commission, min(accord.id) AS founding_accord
OPTIONAL MATCH (commission)-[:SESSION]->(session:Session)
WHERE session.date < 'X'
RETURN commission.id AS commission,
  CASE $lang WHEN 'en' THEN commission.label_en ELSE commission.label_fr END AS name,
  [(commission)-[:PARTY]->(party) | party.code] AS parties,
  commission.date AS founded_on,
  founding_accord,
  commission.sourceCount AS sources,
  session.id AS session,
  session.ordinal AS ordinal,
  session.date AS date,
  session.eventStatus AS status
ORDER BY commission, coalesce(date, ''), coalesce(session, '')
