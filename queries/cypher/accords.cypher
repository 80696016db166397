//+ title = { fr = "Accords d’un État", en = "Accords of a state" }
//+ description.fr = "Les accords auxquels un État est partie, signés entre deux dates, dans un domaine : avec qui, où, par quels titulaires de fonctions."
//+ description.en = "The accords to which a state is party, signed between two dates, in a domain: with whom, where, by which office-holders."
//+ evidence = { question = "evidence", fact = "accord" }
//+ map = { city = "place" }
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ as_of = { type = "date", fr = "valables à cette date", en = "that held on this date" }
//+ domain = { type = "domain", fr = "domaine", en = "domain" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ accord = { type = "iri", fr = "accord", en = "accord" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ type = { type = "text", fr = "type", en = "type" }
//+ status = { type = "text", fr = "état", en = "status" }
//+ signed_on = { type = "date", fr = "signé le", en = "signed on" }
//+ parties = { type = "list", fr = "parties, par leur code", en = "parties, by their codes" }
//+ place = { type = "text", fr = "lieu de la signature", en = "place of signing" }
//+ domains = { type = "list", fr = "domaines", en = "domains" }
//+ signatories = { type = "list", fr = "signataires", en = "signatories" }
//+ offices = { type = "list", fr = "fonctions des signataires ce jour-là", en = "offices that the signatories held that day" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
WITH coalesce(state, organisation) AS agent
MATCH (agent)<-[:PARTY]-(accord:Accord)
WHERE (($since = '' AND $until = '')
    OR (accord.signedOn < 'X' AND accord.signedOn + '-99' >= $since AND ($until = '' OR accord.signedOn <= $until + '-99')))
  AND ($as_of = '' OR ((accord.validFrom IS NOT NULL OR accord.validUntil IS NOT NULL)
    AND (accord.validFrom IS NULL OR accord.validFrom <= $as_of + '-99') AND (accord.validUntil IS NULL OR accord.validUntil + '-99' >= $as_of)))
  AND ($domain = '' OR $domain IN accord.domain)
RETURN accord.id AS accord,
  CASE $lang WHEN 'en' THEN accord.label_en ELSE accord.label_fr END AS label,
  accord.accordType AS type,
  accord.accordStatus AS status,
  accord.signedOn AS signed_on,
  [(accord)-[:PARTY]->(party) | party.code] AS parties,
  accord.place AS place,
  accord.domain AS domains,
  [(accord)-[:SIGNATORY]->(person:Person) | person.name] AS signatories,
  [(accord)-[:ACT]->(:AccordAct)-[:PARTICIPATION]->(:Participation {role: 'signatory'})-[:HELD_TENURE]->(tenure:Tenure) |
    CASE $lang WHEN 'en' THEN tenure.label_en ELSE tenure.label_fr END] AS offices,
  accord.sourceCount AS sources,
  accord.disputes AS disputed
ORDER BY coalesce(signed_on, '') DESC, accord
