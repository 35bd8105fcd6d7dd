-- The second lock: which rows of which State a reader may see at all, said once more in the database itself.
--
-- `manage.py secure_database` runs this as the owner of the tables, again after each migration; the owner and whoever
-- runs the commands are not bound by it. The web server signs in as another role, which owns nothing, cannot bypass
-- policies, and tells with each statement who reads: jpoa.reader is the key of a person, 'system' for the named places
-- of the domain that must see more, and anything else for nobody. It draws the border of a State and of the audiences;
-- what an agency keeps from another of its own State, and a section that is withheld in a row that is released, are
-- guarded by the first lock alone (decision 25).

CREATE OR REPLACE FUNCTION jpoa_reader() RETURNS text LANGUAGE sql STABLE AS
$$ SELECT coalesce(current_setting('jpoa.reader', true), '') $$;

CREATE OR REPLACE FUNCTION jpoa_is_system() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT jpoa_reader() = 'system' $$;

CREATE OR REPLACE FUNCTION jpoa_person() RETURNS bigint LANGUAGE sql STABLE AS
$$ SELECT CASE WHEN jpoa_reader() ~ '^[0-9]{1,18}$' THEN jpoa_reader()::bigint END $$;

-- Their appointments in force, read anew with each statement: an end bites at once. The day is the application's.
CREATE OR REPLACE FUNCTION jpoa_holdings(VARIADIC roles text[]) RETURNS SETOF commitments_appointment LANGUAGE sql STABLE AS
$$
    SELECT held.*
    FROM commitments_appointment held JOIN commitments_person person ON person.id = held.person_id AND person.is_active,
        (SELECT coalesce(nullif(current_setting('jpoa.today', true), '')::date, (now() AT TIME ZONE 'UTC')::date)) AS day(today)
    WHERE held.person_id = jpoa_person() AND held.role = ANY (roles)
        AND held.starts_on <= today AND (held.ends_on IS NULL OR held.ends_on > today)
$$;

CREATE OR REPLACE FUNCTION jpoa_states() RETURNS bigint[] LANGUAGE sql STABLE AS
$$ SELECT coalesce(array_agg(DISTINCT member_state_id), '{}') FROM jpoa_holdings('coordinator', 'focal_point') $$;

CREATE OR REPLACE FUNCTION jpoa_is_secretariat() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM jpoa_holdings('reviewer', 'editor')) $$;

CREATE OR REPLACE FUNCTION jpoa_is_administrator() RETURNS boolean LANGUAGE sql STABLE AS
$$ SELECT EXISTS (SELECT FROM commitments_person WHERE id = jpoa_person() AND is_active AND is_superuser) $$;

CREATE OR REPLACE FUNCTION jpoa_audiences() RETURNS text[] LANGUAGE sql STABLE AS
$$
    SELECT CASE
        WHEN jpoa_is_secretariat() THEN '{un,participants,public}'::text[]
        WHEN jpoa_states() <> '{}' THEN '{participants,public}'::text[]
        ELSE '{public}'::text[]
    END
$$;

-- The number of what a State signed last, read past the lock: what was signed anew for fewer takes the former back.
CREATE OR REPLACE FUNCTION jpoa_last_signature(contribution bigint) RETURNS integer LANGUAGE sql STABLE SECURITY DEFINER
SET search_path FROM CURRENT AS
$$ SELECT max(number) FROM reporting_signature WHERE contribution_id = contribution $$;

-- A scalar subquery is asked once for a statement, and only where it is come to.

-- policy: commitments_planned
(SELECT jpoa_is_system())
OR EXISTS (
    SELECT FROM commitments_commitment c
    WHERE c.id = commitment_id AND c.member_state_id = ANY ((SELECT jpoa_states())::bigint[])
);

-- policy: commitments_agency
(SELECT jpoa_is_system())
OR member_state_id = ANY ((SELECT jpoa_states())::bigint[])
OR (SELECT jpoa_is_secretariat())
OR (SELECT jpoa_is_administrator())
OR EXISTS (  -- one's own, also when it is over
    SELECT FROM commitments_appointment a WHERE a.agency_id = commitments_agency.id AND a.person_id = (SELECT jpoa_person())
);

-- policy: commitments_invitation
(SELECT jpoa_is_system())
OR member_state_id = ANY ((SELECT jpoa_states())::bigint[])
OR (SELECT jpoa_is_administrator());

-- policy: commitments_update
(SELECT jpoa_is_system())
OR ((SELECT jpoa_is_secretariat()) AND status IN ('cleared', 'accepted', 'published') AND audience <> 'state')
OR EXISTS (
    SELECT FROM commitments_commitment c
    WHERE c.id = commitment_id AND c.member_state_id = ANY ((SELECT jpoa_states())::bigint[])
);

-- policy: commitments_release
(SELECT jpoa_is_system())
OR audience = ANY ((SELECT jpoa_audiences())::text[])
OR EXISTS (
    SELECT FROM commitments_commitment c
    WHERE c.id = commitment_id AND c.member_state_id = ANY ((SELECT jpoa_states())::bigint[])
);

-- policy: commitments_revision
(SELECT jpoa_is_system())
OR EXISTS (SELECT FROM commitments_release r WHERE r.revision_id = commitments_revision.id)
OR EXISTS (
    SELECT FROM commitments_commitment c
    WHERE c.id = commitment_id AND c.member_state_id = ANY ((SELECT jpoa_states())::bigint[])
)
OR ((SELECT jpoa_is_secretariat()) AND (
    EXISTS (SELECT FROM commitments_update u WHERE u.id = update_id AND u.current_revision_id = commitments_revision.id)
    OR EXISTS (  -- what it sent back itself, and what it observed upon
        SELECT FROM commitments_event e WHERE e.revision_id = commitments_revision.id
            AND (e.move = 'assess' OR (e.move = 'return' AND e.from_status = 'cleared'))
    )
));

-- policy: commitments_event
(SELECT jpoa_is_system())
OR member_state_id = ANY ((SELECT jpoa_states())::bigint[])
OR ((SELECT jpoa_is_secretariat()) AND CASE
    WHEN update_id IS NULL THEN subject NOT LIKE 'commitment:%'
    ELSE audience <> 'state' AND (
        from_status IN ('cleared', 'accepted', 'published') OR to_status IN ('cleared', 'accepted', 'published')
    )
END);

-- policy: commitments_evidence
(SELECT jpoa_is_system())
OR EXISTS (
    SELECT FROM commitments_commitment c
    WHERE c.id = commitment_id AND c.member_state_id = ANY ((SELECT jpoa_states())::bigint[])
)
OR (audience = ANY ((SELECT jpoa_audiences())::text[]) AND EXISTS (
    SELECT FROM commitments_revision_evidence kept JOIN commitments_release r ON r.revision_id = kept.revision_id
    WHERE kept.evidence_id = commitments_evidence.id
))
OR (audience <> 'state' AND (SELECT jpoa_is_secretariat()) AND EXISTS (
    SELECT FROM commitments_revision_evidence kept JOIN commitments_update u ON u.current_revision_id = kept.revision_id
    WHERE kept.evidence_id = commitments_evidence.id
));

-- policy: commitments_assessment
(SELECT jpoa_is_system())
OR (SELECT jpoa_is_secretariat())
OR EXISTS (
    SELECT FROM commitments_revision v JOIN commitments_commitment c ON c.id = v.commitment_id
    WHERE v.id = revision_id AND c.member_state_id = ANY ((SELECT jpoa_states())::bigint[])
);

-- policy: commitments_reminder
(SELECT jpoa_is_system())
OR person_id = (SELECT jpoa_person())
OR member_state_id = ANY ((SELECT jpoa_states())::bigint[])
OR (origin = 'secretariat' AND (SELECT jpoa_is_secretariat()));

-- policy: commitments_reading
(SELECT jpoa_is_system()) OR member_state_id = ANY ((SELECT jpoa_states())::bigint[]);

-- policy: commitments_batch
(SELECT jpoa_is_system()) OR (SELECT jpoa_is_secretariat());

-- policy: commitments_batchrow
(SELECT jpoa_is_system()) OR (SELECT jpoa_is_secretariat());

-- policy: commitments_storedreply
(SELECT jpoa_is_system()) OR person_id = (SELECT jpoa_person());

-- policy: reporting_contribution
(SELECT jpoa_is_system())
OR member_state_id = ANY ((SELECT jpoa_states())::bigint[]);

-- policy: reporting_signature
(SELECT jpoa_is_system())
OR (audience = ANY ((SELECT jpoa_audiences())::text[]) AND number = jpoa_last_signature(contribution_id))
OR member_state_id = ANY ((SELECT jpoa_states())::bigint[]);

-- policy: reporting_edition
(SELECT jpoa_is_system())
OR (SELECT jpoa_is_secretariat())
OR EXISTS (
    SELECT FROM reporting_report r
    WHERE r.id = report_id AND CASE
        WHEN form = 'draft' THEN (SELECT jpoa_states()) <> '{}' AND r.stage = 'circulated'
            AND r.audience IN ('participants', 'public')
            AND (r.member_state_id IS NULL OR r.member_state_id = ANY ((SELECT jpoa_states())::bigint[]))
        ELSE r.audience = ANY ((SELECT jpoa_audiences())::text[])
            OR r.member_state_id = ANY ((SELECT jpoa_states())::bigint[])
    END
)
OR EXISTS (  -- a draft on which the State has commented
    SELECT FROM reporting_remark m
    WHERE m.edition_id = reporting_edition.id AND m.member_state_id = ANY ((SELECT jpoa_states())::bigint[])
);

-- policy: reporting_remark
(SELECT jpoa_is_system())
OR (SELECT jpoa_is_secretariat())
OR member_state_id = ANY ((SELECT jpoa_states())::bigint[]);

-- policy: reporting_passage
(SELECT jpoa_is_system()) OR (SELECT jpoa_is_secretariat());

-- policy: reporting_passageversion
(SELECT jpoa_is_system()) OR (SELECT jpoa_is_secretariat());

-- policy: reporting_recommendation
(SELECT jpoa_is_system()) OR (SELECT jpoa_is_secretariat());

-- policy: reporting_reportfile
(SELECT jpoa_is_system()) OR asked_by_id = (SELECT jpoa_person());
