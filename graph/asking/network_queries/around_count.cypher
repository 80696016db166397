// How many facts an entity takes part in (or is); those that may hold on a day, where one is asked.
CALL {
  MATCH (centre:Accord {id: $centre}) RETURN centre
  UNION
  MATCH (centre:AccordAct {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Aid {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Commission {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Cooperation {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Deployment {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Meeting {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Membership {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Mission {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Office {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Organisation {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Participation {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Person {id: $centre}) RETURN centre
  UNION
  MATCH (centre:RelationChange {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Session {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Source {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Stance {id: $centre}) RETURN centre
  UNION
  MATCH (centre:State {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Statement {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Tenure {id: $centre}) RETURN centre
  UNION
  MATCH (centre:TradeFlow {id: $centre}) RETURN centre
  UNION
  MATCH (centre:Visit {id: $centre}) RETURN centre
}
MATCH (centre)-[*0..1]-(fact)
WHERE labels(fact)[0] IN $kinds AND ($as_of = '' OR ((fact.validFrom IS NOT NULL OR fact.validUntil IS NOT NULL)
    AND (fact.validFrom IS NULL OR fact.validFrom <= $as_of + '-99')
    AND (fact.validUntil IS NULL OR fact.validUntil + '-99' >= $as_of)))
RETURN count(DISTINCT fact) AS facts
