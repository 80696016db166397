//+ title = { fr = "Accords en vigueur", en = "Accords in force" }
//+ description.fr = "Où en sont, à une date, les accords d’un État, avec un autre ou avec tous : en vigueur, signés sans ratification, ratifiés et par qui, suspendus, éteints."
//+ description.en = "How the accords of a state, with another or with all, stand on a date: in force, signed and not ratified, ratified and by whom, suspended, ended."
//+ evidence = { question = "evidence", fact = "accord" }
//+
//+ [params]
//+ state = { type = "state", required = true, fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ partner = { type = "state", fr = "l’autre État", en = "the other state" }
//+ as_of = { type = "date", fr = "tel que c’était à cette date", en = "as things stood on this date" }
//+ lang = { type = "language", default = "fr", fr = "langue des libellés", en = "language of the labels" }
//+
//+ [columns]
//+ accord = { type = "iri", fr = "accord", en = "accord" }
//+ label = { type = "text", fr = "libellé", en = "label" }
//+ type = { type = "text", fr = "type", en = "type" }
//+ standing = { type = "text", fr = "étape atteinte à cette date", en = "step reached by that date" }
//+ parties = { type = "list", fr = "parties, par leur code", en = "parties, by their codes" }
//+ signed_on = { type = "date", fr = "signé le", en = "signed on" }
//+ ratified_on = { type = "date", fr = "ratifié le, par la dernière des parties", en = "ratified on, by the last of the parties" }
//+ ratified_by = { type = "list", fr = "parties dont une source dit qu’elles ont ratifié, par leur code", en = "parties told to have ratified, by their codes" }
//+ not_ratified_by = { type = "list", fr = "parties dont rien ne dit qu’elles l’ont ratifié, par leur code", en = "parties of which nothing says that they ratified it, by their codes" }
//+ in_force_on = { type = "date", fr = "en vigueur le", en = "in force on" }
//+ suspended_on = { type = "date", fr = "suspendu le", en = "suspended on" }
//+ ended_on = { type = "date", fr = "éteint le", en = "ended on" }
//+ sources = { type = "integer", fr = "sources indépendantes", en = "independent sources" }
//+ disputed = { type = "list", fr = "propriétés sur lesquelles les sources se contredisent", en = "properties on which sources disagree" }

OPTIONAL MATCH (state:State {id: $state})
OPTIONAL MATCH (organisation:Organisation {id: $state})
WITH coalesce(state, organisation) AS agent
MATCH (agent)<-[:PARTY]-(accord:Accord)
WHERE $partner = '' OR $partner IN [(accord)-[:PARTY]->(party) | party.id]
OPTIONAL MATCH (accord)-[:ACT]->(act:AccordAct {eventStatus: 'made'})
WHERE $as_of = '' OR (act.date < 'X' AND act.date <= $as_of + '-99')
OPTIONAL MATCH (act)-[:RATIFIED_BY]->(ratifier)
OPTIONAL MATCH (act)-[:PARTY]->(bound)
WHERE act.actType IN ['ratified', 'in_force', 'amended', 'suspended']
WITH accord,
  collect(DISTINCT ratifier.code) AS ratified_by,
  collect(DISTINCT bound.id) AS bound,
  max(CASE act.actType WHEN 'negotiated' THEN 1 WHEN 'initialled' THEN 2 WHEN 'signed' THEN 3 WHEN 'ratified' THEN 4
    WHEN 'in_force' THEN 5 WHEN 'amended' THEN 6 WHEN 'suspended' THEN 7 WHEN 'terminated' THEN 8 END) AS reached,
  max(CASE act.actType WHEN 'signed' THEN act.date END) AS signed_on,
  max(CASE act.actType WHEN 'ratified' THEN act.date END) AS ratified_on,
  max(CASE act.actType WHEN 'in_force' THEN act.date END) AS in_force_on,
  max(CASE act.actType WHEN 'suspended' THEN act.date END) AS suspended_on,
  max(CASE act.actType WHEN 'terminated' THEN act.date END) AS ended_on
WHERE reached > 0
RETURN accord.id AS accord,
  CASE $lang WHEN 'en' THEN accord.label_en ELSE accord.label_fr END AS label,
  accord.accordType AS type,
  CASE reached WHEN 1 THEN 'negotiated' WHEN 2 THEN 'initialled' WHEN 3 THEN 'signed' WHEN 4 THEN 'ratified'
    WHEN 7 THEN 'suspended' WHEN 8 THEN 'terminated' ELSE 'in_force' END AS standing,
  [(accord)-[:PARTY]->(party) | party.code] AS parties,
  signed_on, ratified_on, ratified_by,
  [(accord)-[:PARTY]->(party) WHERE NOT party.id IN bound | party.code] AS not_ratified_by,
  in_force_on, suspended_on, ended_on,
  accord.sourceCount AS sources,
  accord.disputes AS disputed
ORDER BY standing, coalesce(signed_on, '') DESC, accord
