-- Who read whose personal data is evidence: rows are added, never changed or removed.
CREATE OR REPLACE FUNCTION identity.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER personal_data_reads_append_only
    BEFORE UPDATE OR DELETE ON identity.personal_data_reads
    FOR EACH ROW EXECUTE FUNCTION identity.refuse_change();

CREATE OR REPLACE TRIGGER personal_data_reads_no_truncate
    BEFORE TRUNCATE ON identity.personal_data_reads
    FOR EACH STATEMENT EXECUTE FUNCTION identity.refuse_change();

-- What administrators did to accounts is evidence too.
CREATE OR REPLACE TRIGGER staff_account_changes_append_only
    BEFORE UPDATE OR DELETE ON identity.staff_account_changes
    FOR EACH ROW EXECUTE FUNCTION identity.refuse_change();

CREATE OR REPLACE TRIGGER staff_account_changes_no_truncate
    BEFORE TRUNCATE ON identity.staff_account_changes
    FOR EACH STATEMENT EXECUTE FUNCTION identity.refuse_change();

-- Somebody must be able to open accounts: the last active administrator stays, whatever way the change comes.
CREATE OR REPLACE FUNCTION identity.keep_an_administrator() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT (OLD.active AND 'system-administrator' = ANY (OLD.roles)) THEN
        RETURN COALESCE(NEW, OLD);
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.active AND 'system-administrator' = ANY (NEW.roles) THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(7649);
    IF NOT EXISTS (SELECT 1 FROM identity.staff_members s
                   WHERE s.user_id <> OLD.user_id AND s.active AND 'system-administrator' = ANY (s.roles)) THEN
        RAISE EXCEPTION 'the last active administrator stays' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN COALESCE(NEW, OLD);
END $$;

CREATE OR REPLACE TRIGGER staff_members_keep_an_administrator
    BEFORE UPDATE OR DELETE ON identity.staff_members
    FOR EACH ROW EXECUTE FUNCTION identity.keep_an_administrator();
