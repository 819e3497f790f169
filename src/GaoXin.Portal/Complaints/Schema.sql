-- The daily counter of complaint numbers. One row a day, taken in the transaction that files the complaint.
CREATE TABLE IF NOT EXISTS complaints.number_counters (day date PRIMARY KEY, last integer NOT NULL);

CREATE OR REPLACE FUNCTION complaints.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on %.%', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- Events, messages and calls are never changed or removed.
CREATE OR REPLACE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON complaints.events
    FOR EACH ROW EXECUTE FUNCTION complaints.refuse_change();
CREATE OR REPLACE TRIGGER events_no_truncate BEFORE TRUNCATE ON complaints.events
    FOR EACH STATEMENT EXECUTE FUNCTION complaints.refuse_change();
CREATE OR REPLACE TRIGGER messages_append_only BEFORE UPDATE OR DELETE ON complaints.messages
    FOR EACH ROW EXECUTE FUNCTION complaints.refuse_change();
CREATE OR REPLACE TRIGGER calls_append_only BEFORE UPDATE OR DELETE ON complaints.calls
    FOR EACH ROW EXECUTE FUNCTION complaints.refuse_change();

-- A reply changes once: when it is reviewed. Its words never do.
CREATE OR REPLACE FUNCTION complaints.keep_reply() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.outcome <> 'Pending' OR NEW.protected_text <> OLD.protected_text OR NEW.written_by <> OLD.written_by THEN
        RAISE EXCEPTION 'a reply is kept as it was written' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER replies_kept BEFORE UPDATE OR DELETE ON complaints.replies
    FOR EACH ROW EXECUTE FUNCTION complaints.keep_reply();

-- What the citizen filed never changes, and a complaint is never removed.
CREATE OR REPLACE FUNCTION complaints.keep_filed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.protected_text <> OLD.protected_text OR NEW.number <> OLD.number OR NEW.code_hash <> OLD.code_hash OR NEW.submitted_at <> OLD.submitted_at THEN
        RAISE EXCEPTION 'what was filed is kept as it was filed' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER complaints_kept BEFORE UPDATE OR DELETE ON complaints.complaints
    FOR EACH ROW EXECUTE FUNCTION complaints.keep_filed();
