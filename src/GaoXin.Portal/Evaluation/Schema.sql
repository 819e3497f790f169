CREATE OR REPLACE FUNCTION evaluation.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on %.%', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

-- A rating, the text added to it and the event it is about are written once. Nobody changes or removes them: the triggers hold for every
-- database user, also for the owner of the tables, and the grants say the same to everybody else.
CREATE OR REPLACE TRIGGER evaluations_kept BEFORE UPDATE OR DELETE ON evaluation.evaluations
    FOR EACH ROW EXECUTE FUNCTION evaluation.refuse_change();
CREATE OR REPLACE TRIGGER evaluations_no_truncate BEFORE TRUNCATE ON evaluation.evaluations
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation.refuse_change();
CREATE OR REPLACE TRIGGER follow_ups_kept BEFORE UPDATE OR DELETE ON evaluation.follow_ups
    FOR EACH ROW EXECUTE FUNCTION evaluation.refuse_change();
CREATE OR REPLACE TRIGGER follow_ups_no_truncate BEFORE TRUNCATE ON evaluation.follow_ups
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation.refuse_change();
CREATE OR REPLACE TRIGGER service_events_kept BEFORE UPDATE OR DELETE ON evaluation.service_events
    FOR EACH ROW EXECUTE FUNCTION evaluation.refuse_change();
CREATE OR REPLACE TRIGGER service_events_no_truncate BEFORE TRUNCATE ON evaluation.service_events
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation.refuse_change();
CREATE OR REPLACE TRIGGER rectification_events_kept BEFORE UPDATE OR DELETE ON evaluation.rectification_events
    FOR EACH ROW EXECUTE FUNCTION evaluation.refuse_change();
CREATE OR REPLACE TRIGGER rectification_events_no_truncate BEFORE TRUNCATE ON evaluation.rectification_events
    FOR EACH STATEMENT EXECUTE FUNCTION evaluation.refuse_change();

REVOKE UPDATE, DELETE, TRUNCATE ON evaluation.evaluations, evaluation.follow_ups FROM PUBLIC, CURRENT_USER;

-- A rectification stands as long as its rating, and what was ruled stays ruled.
CREATE OR REPLACE FUNCTION evaluation.keep_rectification() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR NEW.event_id <> OLD.event_id OR NEW.rated_id IS DISTINCT FROM OLD.rated_id OR NEW.opened_at <> OLD.opened_at
        OR (OLD.ruled_by IS NOT NULL AND (NEW.ruled_by <> OLD.ruled_by OR NEW.counted <> OLD.counted OR NEW.ruling_text IS DISTINCT FROM OLD.ruling_text))
        OR OLD.state IN ('Closed', 'Excluded') THEN
        RAISE EXCEPTION 'a rectification is kept as it went' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER rectifications_kept BEFORE UPDATE OR DELETE ON evaluation.rectifications
    FOR EACH ROW EXECUTE FUNCTION evaluation.keep_rectification();

-- A token is used once and is good for one event only.
CREATE OR REPLACE FUNCTION evaluation.keep_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.used_at IS NOT NULL OR NEW.token_hash <> OLD.token_hash OR NEW.event_id <> OLD.event_id OR NEW.purpose <> OLD.purpose OR NEW.expires_at <> OLD.expires_at THEN
        RAISE EXCEPTION 'a token is used once' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE OR REPLACE TRIGGER invitations_kept BEFORE UPDATE OR DELETE ON evaluation.invitations
    FOR EACH ROW EXECUTE FUNCTION evaluation.keep_invitation();
