//+ title = { fr = "Sessions d’une commission", en = "Sessions of a commission" }
//+ description.fr = "Les sessions d’une commission dans l’ordre : rang, date, siège, documents signés le même jour, personnes qui se sont rencontrées ; le siège alterne-t-il, et où l’alternance est-elle rompue ?"
//+ description.en = "The sessions of a commission in order: ordinal, date, seat, documents signed that day, persons who met that day; does the seat alternate, and where is alternation broken?"
//+ evidence = { question = "evidence", fact = "session" }
//+ map = { city = "seats" }
//+ then = "alternation"
//+
//+ [params]
//+ commission = { type = "fact", required = true, fr = "commission, par son identifiant", en = "commission, by its id" }
//+ as_of = { type = "date", fr = "tenues à cette date", en = "held by this date" }
//+
//+ [columns]
//+ session = { type = "iri", fr = "session", en = "session" }
//+ ordinal = { type = "integer", fr = "rang", en = "ordinal" }
//+ date = { type = "date", fr = "date", en = "date" }
//+ status = { type = "text", fr = "état", en = "status" }
//+ seats = { type = "list", fr = "ville où elle siège", en = "city where it sits" }
//+ host = { type = "text", fr = "partie chez qui elle siège", en = "party in whose country it sits" }
//+ alternation = { type = "text", fr = "kept, broken ou unknown ; first pour la première dont l’hôte est connu", en = "kept, broken or unknown; first for the first whose host is known" }
//+ documents = { type = "list", fr = "accords des parties signés ce jour-là", en = "accords of the parties signed that day" }
//+ met = { type = "list", fr = "personnes présentes aux rencontres des parties ce jour-là", en = "persons at meetings of the parties that day" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }
//+
//+ [gathers]
//+ session = "iri"
//+ ordinal = "integer"
//+ date = "date"
//+ status = "text"
//+ seats = "list"
//+ parties = "list"
//+ documents = "list"
//+ met = "list"
//+ sources = "integer"
//+ disputed = "list"

MATCH (commission:Commission {id: $commission})
WITH commission, [(commission)-[:PARTY]->(party) | party.code] AS parties
OPTIONAL MATCH (commission)-[:PARTY]->(one)<-[:PARTY]-(accord:Accord)-[:PARTY]->(other)<-[:PARTY]-(commission)
WHERE one.id < other.id AND size(accord.signedOn) = 10
WITH commission, parties, collect({id: accord.id, date: accord.signedOn}) AS accords
OPTIONAL MATCH (commission)-[:PARTY]->(one)<-[:PARTY]-(meeting:Meeting)-[:PARTY]->(other)<-[:PARTY]-(commission)
WHERE one.id < other.id AND size(meeting.date) = 10
OPTIONAL MATCH (meeting)-[:PARTICIPANT]->(person:Person)
WITH commission, parties, accords, collect({name: person.name, date: meeting.date}) AS people
MATCH (commission)-[:SESSION]->(session:Session)
WHERE ($as_of = '' OR ((session.validFrom IS NOT NULL OR session.validUntil IS NOT NULL)
    AND (session.validFrom IS NULL OR session.validFrom <= $as_of + '-99') AND (session.validUntil IS NULL OR session.validUntil + '-99' >= $as_of)))
RETURN session.id AS session,
  session.ordinal AS ordinal,
  session.date AS date,
  session.eventStatus AS status,
  session.seat AS seats,
  parties,
  [accord IN accords WHERE accord.date = session.date | accord.id] AS documents,
  [person IN people WHERE person.date = session.date | person.name] AS met,
  session.sourceCount AS sources,
  session.disputes AS disputed
ORDER BY coalesce(ordinal, 9999), coalesce(date, '9999'), session
