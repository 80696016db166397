// The best supported facts of the whole graph with what they tie together; those that may hold on a day, where one is asked.
MATCH (fact)
WHERE labels(fact)[0] IN $kinds AND ($as_of = '' OR ((fact.validFrom IS NOT NULL OR fact.validUntil IS NOT NULL)
    AND (fact.validFrom IS NULL OR fact.validFrom <= $as_of + '-99')
    AND (fact.validUntil IS NULL OR fact.validUntil + '-99' >= $as_of)))
WITH fact
ORDER BY coalesce(fact.sourceCount, 0) DESC, coalesce(fact.confidence, 0) DESC, fact.id
LIMIT $most
MATCH (fact)-[tie]->(other)
WHERE labels(other)[0] IN $neighbours AND ($as_of = '' OR labels(other)[0] IN $lasting
  OR ((other.validFrom IS NOT NULL OR other.validUntil IS NOT NULL)
    AND (other.validFrom IS NULL OR other.validFrom <= $as_of + '-99')
    AND (other.validUntil IS NULL OR other.validUntil + '-99' >= $as_of)))
RETURN fact.id AS fact, labels(fact)[0] AS kind, fact.label_fr AS fact_fr, fact.label_en AS fact_en,
  coalesce(fact.signedOn, fact.date, fact.year, fact.attestedFrom) AS date,
  coalesce(fact.sourceCount, 0) AS sources, coalesce(fact.confidence, 0) AS confidence, fact.disputes AS disputes,
  type(tie) AS tie, other.id AS other, labels(other)[0] AS other_kind,
  coalesce(other.label_fr, other.title, other.name) AS other_fr, coalesce(other.label_en, other.title, other.name) AS other_en
ORDER BY sources DESC, confidence DESC, fact, tie, other
