-- In force on a day: published, from that day or earlier, not withdrawn, and no later version is in force.
CREATE OR REPLACE FUNCTION catalogue.services_in_force(day date) RETURNS SETOF catalogue.service_versions
LANGUAGE sql STABLE AS $$
    SELECT v.*
    FROM catalogue.service_versions v
    WHERE v.withdrawn_at IS NULL
      AND v.effective_from <= day
      AND NOT EXISTS (SELECT 1 FROM catalogue.service_versions n
                      WHERE n.code = v.code AND n.version > v.version AND n.withdrawn_at IS NULL AND n.effective_from <= day)
$$;

-- A published version never changes; only its publication can be taken back, once.
CREATE OR REPLACE FUNCTION catalogue.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % never change', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER service_versions_frozen BEFORE UPDATE ON catalogue.service_versions
    FOR EACH ROW WHEN (OLD.content IS DISTINCT FROM NEW.content OR OLD.hash <> NEW.hash OR OLD.effective_from <> NEW.effective_from
        OR OLD.origin <> NEW.origin OR OLD.written_by IS DISTINCT FROM NEW.written_by OR OLD.published_by IS DISTINCT FROM NEW.published_by
        OR (OLD.withdrawn_at IS NOT NULL AND OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at))
    EXECUTE FUNCTION catalogue.refuse_change();
CREATE OR REPLACE TRIGGER service_versions_kept BEFORE DELETE ON catalogue.service_versions
    FOR EACH ROW EXECUTE FUNCTION catalogue.refuse_change();

-- What editors did is evidence: rows are added, never changed or removed.
CREATE OR REPLACE TRIGGER item_events_append_only BEFORE UPDATE OR DELETE ON catalogue.item_events
    FOR EACH ROW EXECUTE FUNCTION catalogue.refuse_change();
CREATE OR REPLACE TRIGGER item_events_no_truncate BEFORE TRUNCATE ON catalogue.item_events
    FOR EACH STATEMENT EXECUTE FUNCTION catalogue.refuse_change();
CREATE OR REPLACE TRIGGER item_claims_append_only BEFORE UPDATE OR DELETE ON catalogue.item_claims
    FOR EACH ROW EXECUTE FUNCTION catalogue.refuse_change();
