-- The daily counter of case numbers. One row a day; the number is taken in the submit transaction, so no gap is left:
-- the audit can tell a removed case by a missing number.
CREATE TABLE IF NOT EXISTS cases.number_counters (day date PRIMARY KEY, last integer NOT NULL);

CREATE OR REPLACE FUNCTION cases.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on %.%', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Events are never changed or removed.
CREATE OR REPLACE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON cases.events
    FOR EACH ROW EXECUTE FUNCTION cases.refuse_change();
CREATE OR REPLACE TRIGGER events_no_truncate BEFORE TRUNCATE ON cases.events
    FOR EACH STATEMENT EXECUTE FUNCTION cases.refuse_change();

-- What was asked for outside the published version is evidence.
CREATE OR REPLACE TRIGGER exceptions_append_only BEFORE UPDATE OR DELETE ON cases.exceptions
    FOR EACH ROW EXECUTE FUNCTION cases.refuse_change();
CREATE OR REPLACE TRIGGER exceptions_no_truncate BEFORE TRUNCATE ON cases.exceptions
    FOR EACH STATEMENT EXECUTE FUNCTION cases.refuse_change();

-- A frozen revision never changes.
CREATE OR REPLACE TRIGGER revisions_frozen BEFORE UPDATE OR DELETE ON cases.revisions
    FOR EACH ROW WHEN (OLD.frozen_at IS NOT NULL) EXECUTE FUNCTION cases.refuse_change();

-- Rule runs are evidence.
CREATE OR REPLACE TRIGGER rule_runs_append_only BEFORE UPDATE ON cases.rule_runs
    FOR EACH ROW EXECUTE FUNCTION cases.refuse_change();

-- Help and what the applicant agreed to end with the case, however it ends: submitted or not, by whom ever.
CREATE OR REPLACE FUNCTION cases.end_helping() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE cases.case_helps SET ended_at = NEW.closed_at WHERE case_id = NEW.id AND ended_at IS NULL;
    UPDATE cases.filing_consents SET ended_at = NEW.closed_at WHERE case_id = NEW.id AND ended_at IS NULL;
    RETURN NULL;
END $$;
CREATE OR REPLACE TRIGGER cases_end_helping AFTER UPDATE OF state ON cases.cases
    FOR EACH ROW WHEN (NEW.state IN ('Closed', 'Withdrawn') AND OLD.state NOT IN ('Closed', 'Withdrawn')) EXECUTE FUNCTION cases.end_helping();
