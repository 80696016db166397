//+ title = { fr = "Traités hérités", en = "Inherited treaties" }
//+ description.fr = "Les accords d’un État disparu que ses successeurs ont pu hériter : ceux qui n’ont pas pris fin avant lui."
//+ description.en = "The accords of a dissolved state that its successors may have inherited: those that did not end before it."
//+ evidence = { question = "evidence", fact = "accord" }
//+
//+ [params]
//+ state = { type = "state", fr = "l’État disparu, ou un successeur", en = "the dissolved state, or a successor" }
//+ as_of = { type = "date", fr = "en vigueur à cette date", en = "that held on this date" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ predecessor = { type = "text", fr = "État disparu", en = "dissolved state" }
//+ dissolved_on = { type = "date", fr = "disparu le", en = "dissolved on" }
//+ successors = { type = "list", fr = "ses successeurs", en = "its successors" }
//+ accord = { type = "iri", fr = "accord", en = "accord" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ type = { type = "text", fr = "type", en = "type" }
//+ status = { type = "text", fr = "état", en = "status" }
//+ signed_on = { type = "date", fr = "signé le", en = "signed on" }
//+ others = { type = "list", fr = "autres parties, par leur code", en = "other parties, by their codes" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }

MATCH (old:State)-[:SUCCESSOR]->(heir)
WHERE $state = '' OR old.id = $state OR heir.id = $state
WITH DISTINCT old
MATCH (old)<-[:PARTY]-(accord:Accord)
WHERE NOT coalesce(accord.accordStatus, 'signed') IN ['planned', 'negotiated']
OPTIONAL MATCH (accord)-[:ACT]->(ending:AccordAct {actType: 'terminated', eventStatus: 'made'})
WITH old, accord, min(ending.date) AS ended_on, count(ending) AS endings
WHERE (endings = 0 OR ended_on > old.validUntil) AND (accord.signedOn IS NULL OR accord.signedOn > 'X' OR accord.signedOn <= old.validUntil + '-99')
  AND ($as_of = '' OR ((accord.validFrom IS NOT NULL OR accord.validUntil IS NOT NULL)
    AND (accord.validFrom IS NULL OR accord.validFrom <= $as_of + '-99') AND (accord.validUntil IS NULL OR accord.validUntil + '-99' >= $as_of)))
RETURN old.code AS predecessor,
  old.validUntil AS dissolved_on,
  [(old)-[:SUCCESSOR]->(heir) | heir.code] AS successors,
  accord.id AS accord,
  CASE $lang WHEN 'en' THEN accord.label_en ELSE accord.label_fr END AS label,
  accord.accordType AS type,
  accord.accordStatus AS status,
  accord.signedOn AS signed_on,
  [(accord)-[:PARTY]->(party) WHERE party.id <> old.id | party.code] AS others,
  accord.sourceCount AS sources,
  accord.disputes AS disputed
ORDER BY predecessor, coalesce(signed_on, ''), accord
