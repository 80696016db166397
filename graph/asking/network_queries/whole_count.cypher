// How many facts the whole graph has.
MATCH (fact)
WHERE labels(fact)[0] IN $kinds
RETURN count(fact) AS facts
