// How many facts the whole graph has; those that may hold on a day, where one is asked.
MATCH (fact)
WHERE labels(fact)[0] IN $kinds AND ($as_of = '' OR ((fact.validFrom IS NOT NULL OR fact.validUntil IS NOT NULL)
    AND (fact.validFrom IS NULL OR fact.validFrom <= $as_of + '-99')
    AND (fact.validUntil IS NULL OR fact.validUntil + '-99' >= $as_of)))
RETURN count(fact) AS facts
