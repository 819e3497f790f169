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
