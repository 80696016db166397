//+ title = { fr = "Intermédiaires", en = "Brokers" }
//+ description.fr = "Les tiers qui accueillent les rencontres de deux États ou y prennent part : entre deux États donnés, ou entre tous."
//+ description.en = "The third parties that host the meetings of two states or take part in them: between two given states, or among all."
//+ evidence = { question = "evidence", fact = "meetings" }
//+ graph = { from = "one", to = "other" }
//+ map = { state = "broker" }
//+ then = "brokers"
//+
//+ [params]
//+ state = { by_step = true, type = "state", fr = "État ou organisation, par son code", en = "state or organisation, by its code" }
//+ partner = { by_step = true, type = "state", fr = "l’autre État", en = "the other state" }
//+ since = { type = "date", fr = "pas avant cette date", en = "not before this date" }
//+ until = { type = "date", fr = "pas après cette date", en = "not after this date" }
//+
//+ [columns]
//+ one = { type = "text", fr = "une partie", en = "one party" }
//+ other = { type = "text", fr = "l’autre partie", en = "the other party" }
//+ broker = { type = "text", fr = "le tiers", en = "the third party" }
//+ number = { type = "integer", fr = "rencontres", en = "meetings" }
//+ hosted = { type = "integer", fr = "dont chez lui", en = "of them in its country" }
//+ attended = { type = "integer", fr = "dont avec lui", en = "of them with it" }
//+ meetings = { type = "list", fr = "ces rencontres", en = "these meetings" }
//+
//+ [gathers]
//+ meeting = "iri"
//+ parties = "list"
//+ place = "text"
//+ format = "text"

MATCH (meeting:Meeting)-[:PARTY]->(party)
WHERE (($since = '' AND $until = '')
    OR (meeting.date < 'X' AND meeting.date + '-99' >= $since AND ($until = '' OR meeting.date <= $until + '-99')))
WITH meeting, collect(DISTINCT party.code) AS parties
WHERE size(parties) > 1
RETURN meeting.id AS meeting, parties, meeting.place AS place, meeting.meetingFormat AS format
ORDER BY meeting
