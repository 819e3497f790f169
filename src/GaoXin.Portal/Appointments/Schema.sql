-- Taking a place. The seat rows decide: a free one is locked and skipped by rivals, so nobody waits for anybody else.
CREATE OR REPLACE FUNCTION appointments.await_seat(p_slot uuid, p_pools text[], p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql SET lock_timeout = '200ms' AS $$
DECLARE
    v_seat bigint;
BEGIN
    SELECT s.id INTO v_seat FROM appointments.seats s
    WHERE s.slot_id = p_slot AND s.appointment_id IS NULL AND s.pool = ANY (p_pools) AND s.release_at <= p_now
    ORDER BY s.lane LIMIT 1 FOR UPDATE;
    RETURN v_seat;
EXCEPTION WHEN lock_not_available THEN
    RETURN NULL;
END $$;

-- A free seat of the slot, locked; null when there is none. The last seats may be in the hands of a rival who rolls back, so
-- before "full" is answered it is waited for them a moment. A slot that is being withdrawn gives none: its lock is shared here.
CREATE OR REPLACE FUNCTION appointments.take_seat(p_slot uuid, p_pools text[], p_now timestamptz) RETURNS bigint
LANGUAGE plpgsql AS $$
DECLARE
    v_seat bigint;
BEGIN
    SELECT s.id INTO v_seat FROM appointments.seats s
    WHERE s.slot_id = p_slot AND s.appointment_id IS NULL AND s.pool = ANY (p_pools) AND s.release_at <= p_now
    ORDER BY s.lane LIMIT 1 FOR UPDATE SKIP LOCKED;
    IF v_seat IS NULL AND EXISTS (SELECT 1 FROM appointments.seats s
               WHERE s.slot_id = p_slot AND s.appointment_id IS NULL AND s.pool = ANY (p_pools) AND s.release_at <= p_now) THEN
        v_seat := appointments.await_seat(p_slot, p_pools, p_now);
    END IF;
    IF v_seat IS NOT NULL THEN
        PERFORM 1 FROM appointments.slots t WHERE t.id = p_slot AND t.withdrawn_at IS NULL FOR KEY SHARE;
        IF NOT FOUND THEN
            RETURN NULL;
        END IF;
    END IF;
    RETURN v_seat;
END $$;

-- Ends holds whose time is over and empties their seats: one booking, or those of a slot, or (both null) some of all. A seat
-- for which somebody waits goes to the waiting list. Correctness never depends on anybody calling it in time.
CREATE OR REPLACE FUNCTION appointments.expire_holds(p_booking uuid, p_slot uuid, p_now timestamptz, p_limit integer) RETURNS integer
LANGUAGE plpgsql AS $$
DECLARE
    v_count integer;
BEGIN
    WITH over AS (
        SELECT b.id FROM appointments.bookings b
        WHERE b.state = 'Held' AND b.hold_until <= p_now AND (p_booking IS NULL OR b.id = p_booking) AND (p_slot IS NULL OR b.slot_id = p_slot)
        ORDER BY b.id LIMIT p_limit FOR UPDATE SKIP LOCKED),
    ended AS (
        UPDATE appointments.bookings b SET state = 'Expired', ended_at = p_now FROM over WHERE b.id = over.id
        RETURNING b.id, b.seat_id, b.service_group, (b.starts_at AT TIME ZONE 'Asia/Shanghai')::date AS day),
    given_up AS (
        UPDATE appointments.waiting w SET state = 'Lapsed', ended_at = p_now FROM ended WHERE w.appointment_id = ended.id AND w.state = 'Offered'
        RETURNING w.id),
    freed AS (
        UPDATE appointments.seats s SET appointment_id = NULL,
            pool = CASE WHEN s.pool = 'Open' AND EXISTS (SELECT 1 FROM appointments.waiting w
                                  WHERE w.service_group = e.service_group AND w.state = 'Waiting' AND e.day BETWEEN w.from_day AND w.to_day)
                        THEN 'Waiting' ELSE s.pool END
        FROM ended e WHERE s.id = e.seat_id AND s.appointment_id = e.id
        RETURNING s.id)
    SELECT count(*) INTO v_count FROM freed;
    RETURN v_count;
END $$;

-- Keeps one place for one person, in one round trip. The answer says held, again (the same request before), or why not.
CREATE OR REPLACE FUNCTION appointments.hold(
    p_id uuid, p_number text, p_slot uuid, p_service text, p_group text, p_person bytea, p_case uuid, p_property bytea, p_visitor bytea, p_property_secret bytea,
    p_key text, p_booked_by uuid, p_for_another boolean, p_channel text, p_pools text[], p_weekly boolean,
    p_now timestamptz, p_hold interval, p_closes interval, p_day timestamptz, p_month timestamptz,
    p_per_week integer, p_per_month integer, p_expired_a_day integer, p_agent_a_month integer)
RETURNS TABLE (outcome text, booking uuid, until timestamptz)
LANGUAGE plpgsql AS $$
DECLARE
    v_slot record;
    v_old record;
    v_seen record;
    v_until timestamptz;
    v_seat bigint;
BEGIN
    -- Only this person is serialised.
    PERFORM pg_advisory_xact_lock(hashtextextended(encode(p_person, 'hex'), 5));

    SELECT b.id, b.state, b.hold_until INTO v_old FROM appointments.bookings b WHERE b.person_key = p_person AND b.booked_by = p_booked_by AND b.idempotency_key = p_key;
    IF FOUND THEN
        RETURN QUERY SELECT 'again'::text, v_old.id, v_old.hold_until;
        RETURN;
    END IF;

    SELECT s.starts_at, s.ends_at, s.day, s.zone, s.withdrawn_at, r.id AS release_id, r.mode, r.opens_at, r.closes_at, r.decided_at, r.free_from INTO v_slot
    FROM appointments.slots s JOIN appointments.releases r ON r.id = s.release_id WHERE s.id = p_slot AND s.service_group = p_group;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'no-slot'::text, NULL::uuid, NULL::timestamptz;
        RETURN;
    END IF;
    IF v_slot.starts_at <= p_now THEN
        RETURN QUERY SELECT 'past'::text, NULL::uuid, v_slot.starts_at;
        RETURN;
    END IF;
    IF v_slot.starts_at - p_closes <= p_now THEN
        RETURN QUERY SELECT 'too-late'::text, NULL::uuid, v_slot.starts_at - p_closes;
        RETURN;
    END IF;
    IF v_slot.withdrawn_at IS NOT NULL THEN
        RETURN QUERY SELECT 'closed'::text, NULL::uuid, NULL::timestamptz;
        RETURN;
    END IF;
    IF v_slot.opens_at > p_now THEN
        RETURN QUERY SELECT 'not-yet'::text, NULL::uuid, v_slot.opens_at;
        RETURN;
    END IF;

    -- Before anything is told about the person: an account's bookings for others are counted one after the other.
    IF p_for_another AND p_channel <> 'Desk' THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(p_booked_by::text, 6));
        IF (SELECT count(*) FROM appointments.bookings b WHERE b.booked_by = p_booked_by AND b.for_another AND b.created_at >= p_month
                AND b.state <> 'HallCancelled') >= p_agent_a_month THEN
            RETURN QUERY SELECT 'agent'::text, NULL::uuid, NULL::timestamptz;
            RETURN;
        END IF;
    END IF;

    SELECT max(c.until) INTO v_until FROM appointments.cooldowns c WHERE c.person_key = p_person AND c.until > p_now AND c.lifted_at IS NULL;
    IF v_until IS NOT NULL AND p_channel <> 'Desk' THEN
        RETURN QUERY SELECT 'cooling'::text, NULL::uuid, v_until;
        RETURN;
    END IF;

    -- What this person has: one active booking a group; an own hold that is over makes room first.
    SELECT b.id, b.state, b.hold_until INTO v_old FROM appointments.bookings b
    WHERE b.person_key = p_person AND b.service_group = p_group AND b.state IN ('Held', 'Confirmed', 'CheckedIn');
    IF FOUND THEN
        IF v_old.state <> 'Held' OR v_old.hold_until > p_now THEN
            RETURN QUERY SELECT 'active'::text, v_old.id, v_old.hold_until;
            RETURN;
        END IF;
        PERFORM appointments.expire_holds(v_old.id, NULL, p_now, 1);
    END IF;
    IF p_case IS NOT NULL THEN
        SELECT b.id, b.state, b.hold_until INTO v_old FROM appointments.bookings b
        WHERE b.case_id = p_case AND b.state IN ('Held', 'Confirmed', 'CheckedIn');
        IF FOUND THEN
            IF v_old.state <> 'Held' OR v_old.hold_until > p_now THEN
                RETURN QUERY SELECT 'case'::text, NULL::uuid, NULL::timestamptz;
                RETURN;
            END IF;
            PERFORM appointments.expire_holds(v_old.id, NULL, p_now, 1);
        END IF;
    END IF;
    IF p_property IS NOT NULL THEN
        SELECT b.id, b.state, b.hold_until INTO v_old FROM appointments.bookings b
        WHERE b.property_key = p_property AND b.service_group = p_group AND b.state IN ('Held', 'Confirmed', 'CheckedIn');
        IF FOUND THEN
            IF v_old.state <> 'Held' OR v_old.hold_until > p_now THEN
                RETURN QUERY SELECT 'property'::text, NULL::uuid, NULL::timestamptz;
                RETURN;
            END IF;
            PERFORM appointments.expire_holds(v_old.id, NULL, p_now, 1);
        END IF;
    END IF;

    SELECT count(*) FILTER (WHERE b.created_at >= p_day AND NOT b.for_another AND b.channel NOT IN ('WaitingList', 'Draw')
                              AND (b.state = 'Expired' OR (b.state = 'Held' AND b.hold_until <= p_now))) AS expired,
           count(*) FILTER (WHERE b.created_at > p_now - interval '7 days' AND b.state IN ('Confirmed', 'CheckedIn', 'Done', 'NoShow', 'Cancelled')
                              AND NOT (b.state IN ('Cancelled', 'NoShow') AND b.hall_moved_from IS NOT NULL)) AS week,
           count(*) FILTER (WHERE b.state IN ('Confirmed', 'CheckedIn', 'Done', 'NoShow', 'Cancelled')
                              AND NOT (b.state IN ('Cancelled', 'NoShow') AND b.hall_moved_from IS NOT NULL)) AS month
    INTO v_seen FROM appointments.bookings b WHERE b.person_key = p_person AND b.created_at > p_now - interval '30 days';
    IF p_channel <> 'Desk' THEN
        IF v_seen.expired >= p_expired_a_day THEN
            RETURN QUERY SELECT 'expired-often'::text, NULL::uuid, p_day + interval '1 day';
            RETURN;
        END IF;
        IF v_seen.week >= p_per_week THEN
            RETURN QUERY SELECT 'week'::text, NULL::uuid, NULL::timestamptz;
            RETURN;
        END IF;
        IF v_seen.month >= p_per_month THEN
            RETURN QUERY SELECT 'month'::text, NULL::uuid, NULL::timestamptz;
            RETURN;
        END IF;
    END IF;

    IF v_slot.mode = 'Draw' AND v_slot.decided_at IS NULL THEN
        RETURN QUERY SELECT 'draw'::text, NULL::uuid, v_slot.closes_at;
        RETURN;
    END IF;
    IF v_slot.mode = 'WaitingRoom' AND p_channel <> 'Desk' AND (v_slot.free_from IS NULL OR v_slot.free_from > p_now)
       AND NOT EXISTS (SELECT 1 FROM appointments.room_entries e WHERE e.release_id = v_slot.release_id AND e.person_key = p_person AND e.turn_at <= p_now) THEN
        RETURN QUERY SELECT 'room'::text, NULL::uuid, v_slot.closes_at;
        RETURN;
    END IF;

    IF EXISTS (SELECT 1 FROM appointments.bookings b WHERE b.slot_id = p_slot AND b.state = 'Held' AND b.hold_until <= p_now) THEN
        PERFORM appointments.expire_holds(NULL, p_slot, p_now, 1000);
    END IF;
    v_seat := appointments.take_seat(p_slot, p_pools, p_now);
    IF v_seat IS NULL THEN
        RETURN QUERY SELECT 'full'::text, NULL::uuid, NULL::timestamptz;
        RETURN;
    END IF;
    INSERT INTO appointments.bookings (id, number, slot_id, seat_id, service_code, service_group, zone, starts_at, ends_at, person_key, case_id, property_key,
        visitor_secret, property_secret, booked_by, for_another, channel, state, hold_until, extended, idempotency_key, quota_week, moves, created_at)
    VALUES (p_id, p_number, p_slot, v_seat, p_service, p_group, v_slot.zone, v_slot.starts_at, v_slot.ends_at, p_person, p_case, p_property,
        p_visitor, p_property_secret, p_booked_by, p_for_another, p_channel, 'Held', p_now + p_hold, false, p_key,
        CASE WHEN p_weekly THEN date_trunc('week', v_slot.day::timestamp)::date END, 0, p_now);
    UPDATE appointments.seats SET appointment_id = p_id WHERE id = v_seat;
    RETURN QUERY SELECT 'held'::text, p_id, p_now + p_hold;
END $$;

-- The weekly quota (每周面签数) counts what is active or was done; the check constraint refuses the one too many.
CREATE OR REPLACE FUNCTION appointments.count_week() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_before boolean := TG_OP = 'UPDATE' AND OLD.quota_week IS NOT NULL AND OLD.state NOT IN ('Cancelled', 'Expired', 'HallCancelled', 'NoShow');
    v_after boolean := NEW.quota_week IS NOT NULL AND NEW.state NOT IN ('Cancelled', 'Expired', 'HallCancelled', 'NoShow');
BEGIN
    IF v_before AND v_after AND OLD.quota_week = NEW.quota_week THEN
        RETURN NULL;
    END IF;
    IF v_before THEN
        UPDATE appointments.weekly_quotas SET used = used - 1 WHERE service_group = OLD.service_group AND week = OLD.quota_week;
    END IF;
    IF v_after THEN
        UPDATE appointments.weekly_quotas SET used = used + 1 WHERE service_group = NEW.service_group AND week = NEW.quota_week;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'no quota for % in the week of %', NEW.service_group, NEW.quota_week USING ERRCODE = 'check_violation', CONSTRAINT = 'ck_weekly_quotas_not_too_many';
        END IF;
    END IF;
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER bookings_count_week_insert AFTER INSERT ON appointments.bookings
    FOR EACH ROW WHEN (NEW.quota_week IS NOT NULL) EXECUTE FUNCTION appointments.count_week();
CREATE OR REPLACE TRIGGER bookings_count_week_update AFTER UPDATE ON appointments.bookings
    FOR EACH ROW WHEN (OLD.quota_week IS NOT NULL OR NEW.quota_week IS NOT NULL) EXECUTE FUNCTION appointments.count_week();

-- A booking is for one person: it is never renamed and never transferred.
CREATE OR REPLACE FUNCTION appointments.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'appointments: % of % is not allowed', TG_OP, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;

CREATE OR REPLACE TRIGGER bookings_not_transferred BEFORE UPDATE ON appointments.bookings
    FOR EACH ROW WHEN (OLD.person_key <> NEW.person_key OR OLD.property_key IS DISTINCT FROM NEW.property_key OR OLD.case_id IS DISTINCT FROM NEW.case_id OR OLD.visitor_secret <> NEW.visitor_secret
        OR OLD.service_group <> NEW.service_group OR OLD.number <> NEW.number)
    EXECUTE FUNCTION appointments.refuse_change();
CREATE OR REPLACE TRIGGER bookings_kept BEFORE DELETE ON appointments.bookings
    FOR EACH ROW EXECUTE FUNCTION appointments.refuse_change();

-- Opening hours of a zone come after each other: none is changed, none goes.
CREATE OR REPLACE TRIGGER zone_hours_kept BEFORE UPDATE OR DELETE ON appointments.zone_hours
    FOR EACH ROW EXECUTE FUNCTION appointments.refuse_change();
