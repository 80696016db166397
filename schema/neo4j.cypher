// Constraints and indexes of the property graph: the subset that both engines have. Safe to run twice.
// Every label has its uniqueness constraint on id (a test compares with the ontology); the rest serves the named questions.

CREATE CONSTRAINT state_id IF NOT EXISTS FOR (node:State) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT organisation_id IF NOT EXISTS FOR (node:Organisation) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT person_id IF NOT EXISTS FOR (node:Person) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT office_id IF NOT EXISTS FOR (node:Office) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT tenure_id IF NOT EXISTS FOR (node:Tenure) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT accord_id IF NOT EXISTS FOR (node:Accord) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT accord_act_id IF NOT EXISTS FOR (node:AccordAct) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT commission_id IF NOT EXISTS FOR (node:Commission) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT session_id IF NOT EXISTS FOR (node:Session) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT meeting_id IF NOT EXISTS FOR (node:Meeting) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT visit_id IF NOT EXISTS FOR (node:Visit) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT participation_id IF NOT EXISTS FOR (node:Participation) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT mission_id IF NOT EXISTS FOR (node:Mission) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT relation_change_id IF NOT EXISTS FOR (node:RelationChange) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT membership_id IF NOT EXISTS FOR (node:Membership) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT trade_flow_id IF NOT EXISTS FOR (node:TradeFlow) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT aid_id IF NOT EXISTS FOR (node:Aid) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT deployment_id IF NOT EXISTS FOR (node:Deployment) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT cooperation_id IF NOT EXISTS FOR (node:Cooperation) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT stance_id IF NOT EXISTS FOR (node:Stance) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT statement_id IF NOT EXISTS FOR (node:Statement) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT source_id IF NOT EXISTS FOR (node:Source) REQUIRE node.id IS UNIQUE;
CREATE CONSTRAINT snapshot_name IF NOT EXISTS FOR (node:Snapshot) REQUIRE node.name IS UNIQUE;

CREATE INDEX state_code IF NOT EXISTS FOR (node:State) ON (node.code);
CREATE INDEX organisation_code IF NOT EXISTS FOR (node:Organisation) ON (node.code);
CREATE INDEX person_name IF NOT EXISTS FOR (node:Person) ON (node.name);
CREATE INDEX accord_signed_on IF NOT EXISTS FOR (node:Accord) ON (node.signedOn);
CREATE INDEX meeting_date IF NOT EXISTS FOR (node:Meeting) ON (node.date);
CREATE INDEX visit_date IF NOT EXISTS FOR (node:Visit) ON (node.date);
CREATE INDEX session_date IF NOT EXISTS FOR (node:Session) ON (node.date);
CREATE INDEX mission_date IF NOT EXISTS FOR (node:Mission) ON (node.date);
CREATE INDEX source_published_on IF NOT EXISTS FOR (node:Source) ON (node.publishedOn);
