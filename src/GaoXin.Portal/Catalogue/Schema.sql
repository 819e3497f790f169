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
