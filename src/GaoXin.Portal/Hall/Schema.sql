-- Ticket numbers: one row a zone and day. A gap does no harm; a number twice does.
CREATE TABLE IF NOT EXISTS hall.number_counters (day date NOT NULL, zone varchar(40) NOT NULL, last integer NOT NULL, PRIMARY KEY (day, zone));

CREATE OR REPLACE FUNCTION hall.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'append-only: % on %.%', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE OR REPLACE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON hall.events
    FOR EACH ROW EXECUTE FUNCTION hall.refuse_change();
CREATE OR REPLACE TRIGGER events_no_truncate BEFORE TRUNCATE ON hall.events
    FOR EACH STATEMENT EXECUTE FUNCTION hall.refuse_change();

-- Every committed move wakes the screens of all instances.
CREATE OR REPLACE FUNCTION hall.tell() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_notify('portal_hall', '');
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER events_tell AFTER INSERT ON hall.events
    FOR EACH STATEMENT EXECUTE FUNCTION hall.tell();
