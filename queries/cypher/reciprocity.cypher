//+ title = { fr = "Réciprocité", en = "Reciprocity" }
//+ description.fr = "Les paires d’États dont un seul a une ambassade chez l’autre, ou dont un seul rend visite à l’autre."
//+ description.en = "The pairs of states of which only one has an embassy in the other, or only one visits the other."
//+ evidence = { question = "evidence", fact = "facts" }
//+ graph = { from = "one", to = "other" }
//+ then = "one_sided"
//+
//+ [params]
//+ layer = { type = "text", default = "missions", choices = ["missions", "visits"], fr = "ce que l’on compare", en = "what is compared" }
//+ state = { by_step = true, type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+ as_of = { type = "date", fr = "ambassades ouvertes à cette date, visites faites jusque-là", en = "embassies open on this date, visits made by then" }
//+
//+ [columns]
//+ one = { type = "text", fr = "celui qui a ou qui fait", en = "the one that has or does" }
//+ other = { type = "text", fr = "celui qui n’a ou ne fait rien", en = "the one that has or does nothing" }
//+ number = { type = "integer", fr = "ambassades ou visites du premier", en = "embassies or visits of the first" }
//+ facts = { type = "list", fr = "les faits comptés", en = "the facts counted" }
//+
//+ [gathers]
//+ sender = "text"
//+ host = "text"
//+ facts = "list"

MATCH (sender)<-[:SENDER|VISITING_PARTY]-(fact)-[:HOST|HOST_PARTY]->(host)
WHERE (($layer = 'missions' AND labels(fact)[0] = 'Mission' AND fact.missionType = 'embassy' AND ($as_of <> '' OR coalesce(fact.missionStatus, 'opened') IN ['opened', 'reopened'] AND fact.validUntil IS NULL))
    OR ($layer = 'visits' AND labels(fact)[0] = 'Visit' AND NOT coalesce(fact.eventStatus, 'made') IN ['planned', 'postponed', 'cancelled']))
  AND (($since = '' AND $until = '')
    OR (fact.date < 'X' AND fact.date + '-99' >= $since AND ($until = '' OR fact.date <= $until + '-99')))
  AND ($as_of = '' OR ((fact.validFrom IS NOT NULL OR fact.validUntil IS NOT NULL)
    AND (fact.validFrom IS NULL OR fact.validFrom <= $as_of + '-99') AND (fact.validUntil IS NULL OR fact.validUntil + '-99' >= $as_of)))
WITH sender, host, fact
WHERE $as_of = '' OR fact.validFrom IS NOT NULL OR size([(sender)<-[:SENDER]-(opened:Mission)-[:HOST]->(host)
    WHERE opened.validFrom IS NOT NULL AND opened.validUntil = fact.validUntil AND opened.missionType = fact.missionType | opened.id]) = 0
RETURN sender.code AS sender, host.code AS host, collect(DISTINCT fact.id) AS facts
ORDER BY sender, host
