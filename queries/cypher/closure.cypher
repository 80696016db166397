//+ title = { fr = "Fermeture triadique", en = "Triadic closure" }
//+ description.fr = "Le premier accord bilatéral de deux États dans un domaine : combien de tiers avaient-ils déjà un accord avec chacun ?"
//+ description.en = "The first bilateral accord of two states in a domain: how many third states already had an accord with both?"
//+ evidence = { question = "evidence", fact = "accord" }
//+ graph = { from = "one", to = "other" }
//+ then = "closure"
//+
//+ [params]
//+ domain = { type = "domain", fr = "domaine", en = "domain" }
//+ state = { by_step = true, type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ since = { by_step = true, type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+
//+ [columns]
//+ domain_of = { type = "text", fr = "domaine", en = "domain" }
//+ one = { type = "text", fr = "un État", en = "one state" }
//+ other = { type = "text", fr = "l’autre", en = "the other" }
//+ accord = { type = "iri", fr = "accord", en = "accord" }
//+ signed_on = { type = "date", fr = "signé le", en = "signed on" }
//+ shared = { type = "list", fr = "tiers liés auparavant aux deux", en = "third states tied to both before" }
//+ number = { type = "integer", fr = "nombre de ces tiers", en = "number of these third states" }
//+ expected = { type = "number", fr = "nombre moyen pour les paires encore sans accord ce jour-là", en = "mean number of pairs still without an accord that day" }
//+
//+ [gathers]
//+ accord = "iri"
//+ date = "date"
//+ one = "text"
//+ other = "text"
//+ domains = "list"

MATCH (one)<-[:PARTY]-(accord:Accord)-[:PARTY]->(other)
WHERE one.code < other.code AND accord.signedOn < 'X' AND NOT coalesce(accord.accordStatus, 'signed') IN ['planned', 'negotiated']
  AND size([(accord)-[:PARTY]->(party) | party.code]) = 2
  AND ($domain = '' OR $domain IN accord.domain)
  AND ($until = '' OR accord.signedOn <= $until + '-99')
RETURN accord.id AS accord, accord.signedOn AS date, one.code AS one, other.code AS other, accord.domain AS domains
ORDER BY date, accord
