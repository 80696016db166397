//+ title = { fr = "Résultats des sessions", en = "Results of sessions" }
//+ description.fr = "Ce que chaque session des commissions d’un État a produit, et combien de ces accords ont ensuite été ratifiés."
//+ description.en = "What each session of a state’s commissions produced, and how many of these accords were later ratified."
//+ evidence = { question = "evidence", fact = "session" }
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ partner = { type = "state", fr = "l’autre État", en = "the other state" }
//+
//+ [columns]
//+ commission = { type = "iri", fr = "commission", en = "commission" }
//+ session = { type = "iri", fr = "session", en = "session" }
//+ ordinal = { type = "integer", fr = "rang", en = "ordinal" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ documents = { type = "list", fr = "accords de deux parties au moins, signés ce jour-là", en = "accords of two parties at least, signed that day" }
//+ types = { type = "list", fr = "types de ces accords", en = "types of these accords" }
//+ produced = { type = "integer", fr = "nombre d’accords", en = "number of accords" }
//+ ratified = { type = "integer", fr = "dont ratifiés ou en vigueur", en = "of them ratified or in force" }
//+ partly = { type = "integer", fr = "de ceux-ci, ceux dont rien ne dit que toutes les parties les ont ratifiés", en = "of these, those of which nothing says that every party ratified them" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
WITH coalesce(state, organisation) AS agent
MATCH (agent)<-[:PARTY]-(commission:Commission)-[:SESSION]->(session:Session)
WHERE $partner = '' OR $partner IN [(commission)-[:PARTY]->(party) | party.id]
WITH commission, session, CASE WHEN size(session.date) = 10 THEN session.date ELSE '' END AS day
WITH day, collect([commission, session]) AS held
OPTIONAL MATCH (signed:Accord)-[:PARTY]->(mine)
WHERE signed.signedOn = day AND mine.id = $state
WITH held, collect(DISTINCT signed.id) AS signed
UNWIND held AS one
WITH one[0] AS commission, one[1] AS session, signed
WITH commission, session, signed, [(commission)-[:PARTY]->(party) | party.id] AS parties
UNWIND CASE WHEN size(signed) = 0 THEN [''] ELSE signed END AS found
OPTIONAL MATCH (accord:Accord {id: found})-[:PARTY]->(other)
WHERE other.id <> $state AND other.id IN parties
WITH DISTINCT commission, session, accord
OPTIONAL MATCH (accord)-[:ACT]->(act:AccordAct)
WHERE act.actType IN ['ratified', 'in_force'] AND act.eventStatus = 'made'
OPTIONAL MATCH (act)-[:PARTY]->(bound)
WITH commission, session, accord, count(act) AS acts, collect(DISTINCT bound.id) AS bound
WITH commission, session, accord, acts, [(accord)-[:PARTY]->(party) WHERE NOT party.id IN bound | party.id] AS waiting
RETURN commission.id AS commission,
  session.id AS session,
  session.ordinal AS ordinal,
  session.date AS date,
  collect(DISTINCT accord.id) AS documents,
  collect(DISTINCT accord.accordType) AS types,
  count(DISTINCT accord) AS produced,
  count(DISTINCT CASE WHEN acts > 0 THEN accord END) AS ratified,
  count(DISTINCT CASE WHEN acts > 0 AND size(waiting) > 0 THEN accord END) AS partly,
  session.sourceCount AS sources
ORDER BY coalesce(date, '') DESC, commission, session
