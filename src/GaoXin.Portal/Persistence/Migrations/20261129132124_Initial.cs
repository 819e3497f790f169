using System;
using System.Collections.Generic;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace GaoXin.Portal.Persistence.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.EnsureSchema(
                name: "appointments");

            migrationBuilder.EnsureSchema(
                name: "registration");

            migrationBuilder.EnsureSchema(
                name: "cases");

            migrationBuilder.EnsureSchema(
                name: "one_thing");

            migrationBuilder.EnsureSchema(
                name: "complaints");

            migrationBuilder.EnsureSchema(
                name: "property");

            migrationBuilder.EnsureSchema(
                name: "kernel");

            migrationBuilder.EnsureSchema(
                name: "identity");

            migrationBuilder.EnsureSchema(
                name: "evaluation");

            migrationBuilder.EnsureSchema(
                name: "hall");

            migrationBuilder.EnsureSchema(
                name: "catalogue");

            migrationBuilder.EnsureSchema(
                name: "enterprise");

            migrationBuilder.EnsureSchema(
                name: "licences");

            migrationBuilder.EnsureSchema(
                name: "notifications");

            migrationBuilder.CreateTable(
                name: "admissions",
                schema: "appointments",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    service_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    property_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    admitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    book_by = table.Column<DateOnly>(type: "date", nullable: false),
                    reminded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    suspended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_admissions", x => x.case_id);
                });

            migrationBuilder.CreateTable(
                name: "applications",
                schema: "registration",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    applicant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payload = table.Column<byte[]>(type: "bytea", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_applications", x => x.case_id);
                });

            migrationBuilder.CreateTable(
                name: "bundles",
                schema: "one_thing",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    applicant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    collecting_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    asked = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    look_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bundles", x => x.case_id);
                });

            migrationBuilder.CreateTable(
                name: "cases",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    service_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    service_version = table.Column<int>(type: "integer", nullable: false),
                    service_title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    handler = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    department = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    applicant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    enterprise_id = table.Column<Guid>(type: "uuid", nullable: true),
                    bundle_id = table.Column<Guid>(type: "uuid", nullable: true),
                    member_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    waits_for = table.Column<string[]>(type: "text[]", nullable: false),
                    promised_days = table.Column<int>(type: "integer", nullable: true),
                    green_channel = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    return_to = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    referred = table.Column<bool>(type: "boolean", nullable: false),
                    decided_automatically = table.Column<bool>(type: "boolean", nullable: false),
                    subject = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    subject_grams = table.Column<string[]>(type: "text[]", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    draft_kept_until = table.Column<DateOnly>(type: "date", nullable: false),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    licence_id = table.Column<Guid>(type: "uuid", nullable: true),
                    correction_rounds = table.Column<int>(type: "integer", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    calendar_version = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    event_count = table.Column<int>(type: "integer", nullable: false),
                    event_head = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cases", x => x.id);
                    table.CheckConstraint("ck_cases_issued", "state <> 'Issued' OR outcome = 'Approved'");
                    table.CheckConstraint("ck_cases_member", "(bundle_id IS NULL) = (member_code IS NULL)");
                    table.CheckConstraint("ck_cases_number", "(state IN ('Draft') OR number IS NOT NULL OR (state = 'Withdrawn' AND submitted_at IS NULL))");
                    table.CheckConstraint("ck_cases_outcome", "state NOT IN ('Decided', 'Issued', 'Closed') OR outcome IS NOT NULL");
                    table.ForeignKey(
                        name: "fk_cases_cases_bundle_id",
                        column: x => x.bundle_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "certificate_counters",
                schema: "property",
                columns: table => new
                {
                    year = table.Column<int>(type: "integer", nullable: false),
                    for_right = table.Column<bool>(type: "boolean", nullable: false),
                    last = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_certificate_counters", x => new { x.year, x.for_right });
                });

            migrationBuilder.CreateTable(
                name: "clients",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    key_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    daily_limit = table.Column<int>(type: "integer", nullable: false),
                    registered_by = table.Column<Guid>(type: "uuid", nullable: false),
                    registered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clients", x => x.id);
                    table.CheckConstraint("ck_clients_daily_limit", "daily_limit BETWEEN 1 AND 100000");
                });

            migrationBuilder.CreateTable(
                name: "closures",
                schema: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    zone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    reopened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_closures", x => x.id);
                    table.CheckConstraint("ck_closures_ends_later", "\"to\" > \"from\"");
                });

            migrationBuilder.CreateTable(
                name: "complaints",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    external_number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    external_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    client_id = table.Column<Guid>(type: "uuid", nullable: true),
                    identity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reporter_id = table.Column<Guid>(type: "uuid", nullable: true),
                    protected_name = table.Column<byte[]>(type: "bytea", nullable: true),
                    protected_phone = table.Column<byte[]>(type: "bytea", nullable: true),
                    phone_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    tail_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    code_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    protected_text = table.Column<byte[]>(type: "bytea", nullable: false),
                    protected_place = table.Column<byte[]>(type: "bytea", nullable: true),
                    fingerprint = table.Column<int[]>(type: "integer[]", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    topic = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    urgency = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    complex = table.Column<bool>(type: "boolean", nullable: false),
                    related_case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    related_case_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true),
                    related_department = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    may_publish = table.Column<bool>(type: "boolean", nullable: false),
                    public_text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    public_reply = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    desk = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    merged_from = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    master_id = table.Column<Guid>(type: "uuid", nullable: true),
                    refusal_reason = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    round = table.Column<int>(type: "integer", nullable: false),
                    unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    locked = table.Column<bool>(type: "boolean", nullable: false),
                    handler_id = table.Column<Guid>(type: "uuid", nullable: true),
                    former_handlers = table.Column<Guid[]>(type: "uuid[]", nullable: false),
                    routed_by = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    routed_why = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    rulebook_version = table.Column<int>(type: "integer", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    dispatched_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    contacted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    replied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    warn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    promised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    asks = table.Column<bool>(type: "boolean", nullable: false),
                    event_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_complaints", x => x.id);
                    table.CheckConstraint("ck_complaints_anonymous", "identity <> 'Anonymous' OR (reporter_id IS NULL AND protected_name IS NULL)");
                    table.CheckConstraint("ck_complaints_master", "state <> 'Merged' OR (master_id IS NOT NULL AND master_id <> id)");
                    table.CheckConstraint("ck_complaints_phone", "(phone_hash IS NULL) = (protected_phone IS NULL) AND (tail_hash IS NULL) = (protected_phone IS NULL)");
                    table.CheckConstraint("ck_complaints_published", "published_at IS NULL OR (may_publish AND public_text IS NOT NULL AND public_reply IS NOT NULL AND kind <> 'Report')");
                    table.CheckConstraint("ck_complaints_unit", "state NOT IN ('Dispatched', 'InProgress', 'ReplyReview', 'Suspended') OR unit IS NOT NULL");
                    table.ForeignKey(
                        name: "fk_complaints_complaints_master_id",
                        column: x => x.master_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "cooldowns",
                schema: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    appealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    appeal_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_by = table.Column<Guid>(type: "uuid", nullable: true),
                    answer = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    lifted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_cooldowns", x => x.id);
                    table.CheckConstraint("ck_cooldowns_ends_later", "until > starts_at");
                });

            migrationBuilder.CreateTable(
                name: "counter_desks",
                schema: "cases",
                columns: table => new
                {
                    staff_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hall = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    window = table.Column<int>(type: "integer", nullable: true),
                    day = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counter_desks", x => x.staff_id);
                });

            migrationBuilder.CreateTable(
                name: "credit_code_counters",
                schema: "registration",
                columns: table => new
                {
                    authority = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    last = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_credit_code_counters", x => x.authority);
                    table.CheckConstraint("ck_credit_code_counters_last", "last BETWEEN 1 AND 887503680");
                });

            migrationBuilder.CreateTable(
                name: "data_protection_keys",
                schema: "kernel",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    friendly_name = table.Column<string>(type: "text", nullable: true),
                    xml = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_data_protection_keys", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "demo_sms",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    phone_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    body_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_demo_sms", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "enterprises",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    credit_code = table.Column<string>(type: "character varying(18)", maxLength: 18, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    legal_representative_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enterprises", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "entities",
                schema: "registration",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    credit_code = table.Column<string>(type: "character(18)", fixedLength: true, maxLength: 18, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    type = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    representative_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    representative_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    capital = table.Column<decimal>(type: "numeric(24,6)", precision: 24, scale: 6, nullable: true),
                    domicile = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    address_key = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    scope_codes = table.Column<string[]>(type: "text[]", nullable: false),
                    scope_text = table.Column<string>(type: "text", nullable: false),
                    industry_code = table.Column<string>(type: "character varying(5)", maxLength: 5, nullable: false),
                    established_on = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entities", x => x.id);
                    table.CheckConstraint("ck_entities_capital", "capital IS NULL OR capital > 0");
                    table.CheckConstraint("ck_entities_name", "name IS NOT NULL OR kind = 'IndividualBusiness'");
                });

            migrationBuilder.CreateTable(
                name: "entity_marks",
                schema: "registration",
                columns: table => new
                {
                    credit_code = table.Column<string>(type: "character varying(18)", maxLength: 18, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entity_marks", x => new { x.credit_code, x.kind });
                });

            migrationBuilder.CreateTable(
                name: "events",
                schema: "hall",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    zone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ticket_id = table.Column<Guid>(type: "uuid", nullable: true),
                    number = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: true),
                    group_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    window_number = table.Column<int>(type: "integer", nullable: true),
                    action = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    from_state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    to_state = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events2", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "favourites",
                schema: "catalogue",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kept_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_favourites", x => new { x.person_id, x.service_code });
                });

            migrationBuilder.CreateTable(
                name: "filings",
                schema: "property",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    applicant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    unit_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    detail_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    filed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    certificate_no = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_filings", x => x.case_id);
                });

            migrationBuilder.CreateTable(
                name: "firms",
                schema: "enterprise",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    credit_code = table.Column<string>(type: "character varying(18)", maxLength: 18, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    white_listed = table.Column<bool>(type: "boolean", nullable: false),
                    listed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    officer_id = table.Column<Guid>(type: "uuid", nullable: true),
                    officer_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    protected_officer_phone = table.Column<byte[]>(type: "bytea", nullable: true),
                    officer_since = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_firms", x => x.id);
                    table.CheckConstraint("ck_firms_officer", "(officer_id IS NULL) = (officer_name IS NULL) AND (officer_id IS NULL) = (protected_officer_phone IS NULL)");
                });

            migrationBuilder.CreateTable(
                name: "helper_duties",
                schema: "cases",
                columns: table => new
                {
                    staff_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    phone = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    skills = table.Column<string[]>(type: "text[]", nullable: false),
                    capacity = table.Column<int>(type: "integer", nullable: false),
                    on_duty = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_helper_duties", x => x.staff_id);
                    table.CheckConstraint("ck_helper_duties_capacity", "capacity BETWEEN 1 AND 200");
                });

            migrationBuilder.CreateTable(
                name: "imports",
                schema: "catalogue",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    file_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    file = table.Column<byte[]>(type: "bytea", nullable: false),
                    missing_reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    missing_basis = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    report = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    imported_by = table.Column<Guid>(type: "uuid", nullable: false),
                    imported_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    imported_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    undone_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    undone_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_imports", x => x.id);
                    table.CheckConstraint("ck_imports_two_people", "approved_by IS NULL OR approved_by <> imported_by");
                });

            migrationBuilder.CreateTable(
                name: "improvement_tasks",
                schema: "evaluation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    item = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    item_title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    days = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    calendar_version = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    done_by = table.Column<Guid>(type: "uuid", nullable: true),
                    outcome = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_improvement_tasks", x => x.id);
                    table.CheckConstraint("ck_improvement_tasks_done", "(done_at IS NULL) = (outcome IS NULL) AND (done_at IS NULL) = (done_by IS NULL)");
                });

            migrationBuilder.CreateTable(
                name: "item_claims",
                schema: "catalogue",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    from = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    document = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    claimed_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_claims", x => x.code);
                });

            migrationBuilder.CreateTable(
                name: "item_drafts",
                schema: "catalogue",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    base_version = table.Column<int>(type: "integer", nullable: true),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    written_by = table.Column<Guid>(type: "uuid", nullable: false),
                    written_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reviewed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reviewed_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    remark = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: true),
                    published_by = table.Column<Guid>(type: "uuid", nullable: true),
                    published_version = table.Column<int>(type: "integer", nullable: true),
                    import_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_drafts", x => x.id);
                    table.CheckConstraint("ck_item_drafts_published", "status <> 'Published' OR (published_by IS NOT NULL AND reviewed_by IS NOT NULL AND published_version IS NOT NULL)");
                    table.CheckConstraint("ck_item_drafts_publisher", "published_by IS NULL OR (published_by <> written_by AND published_by <> submitted_by)");
                    table.CheckConstraint("ck_item_drafts_reviewer", "reviewed_by IS NULL OR (reviewed_by <> written_by AND reviewed_by <> submitted_by)");
                });

            migrationBuilder.CreateTable(
                name: "item_events",
                schema: "catalogue",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: true),
                    detail = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_item_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "licences",
                schema: "licences",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    number_label = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    holder_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    holder_name = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    issuer = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    identifier = table.Column<string>(type: "character varying(140)", maxLength: 140, nullable: false),
                    verify_code = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    certificate_thumbprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    missing_characters = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    superseded_by = table.Column<Guid>(type: "uuid", nullable: true),
                    superseded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revocation_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    revoked_by = table.Column<Guid>(type: "uuid", nullable: true),
                    cancelled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    facts = table.Column<string>(type: "jsonb", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_licences", x => x.id);
                    table.CheckConstraint("ck_licences_revoked", "(revoked_at IS NULL) = (revocation_reason IS NULL) AND (revoked_at IS NULL) = (revoked_by IS NULL)");
                    table.CheckConstraint("ck_licences_superseded", "(superseded_by IS NULL) = (superseded_at IS NULL)");
                    table.CheckConstraint("ck_licences_validity", "valid_to IS NULL OR valid_to >= valid_from");
                    table.CheckConstraint("ck_licences_version", "version BETWEEN 1 AND 999");
                });

            migrationBuilder.CreateTable(
                name: "names",
                schema: "registration",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    authority = table.Column<string>(type: "character varying(6)", maxLength: 6, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    entity_id = table.Column<Guid>(type: "uuid", nullable: true),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    trade_name = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    industry = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    core = table.Column<string>(type: "character varying(140)", maxLength: 140, nullable: false),
                    letters = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    sound = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    bigrams = table.Column<string[]>(type: "text[]", nullable: false),
                    reserved_on = table.Column<DateOnly>(type: "date", nullable: false),
                    expires_on = table.Column<DateOnly>(type: "date", nullable: true),
                    released_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_names", x => x.id);
                    table.CheckConstraint("ck_names_core", "core = trade_name || industry AND length(trade_name) > 0");
                    table.CheckConstraint("ck_names_expiry", "expires_on IS NOT NULL OR entity_id IS NOT NULL");
                });

            migrationBuilder.CreateTable(
                name: "notices",
                schema: "notifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    key = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    template = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    title = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    link = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    read_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_notices", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "outbox",
                schema: "kernel",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    @event = table.Column<string>(name: "event", type: "character varying(200)", maxLength: 200, nullable: false),
                    handler = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    payload = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    leased_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    last_error = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    given_up_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_outbox", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "paces",
                schema: "identity",
                columns: table => new
                {
                    key = table.Column<byte[]>(type: "bytea", nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    last_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_paces", x => x.key);
                });

            migrationBuilder.CreateTable(
                name: "party_health",
                schema: "one_thing",
                columns: table => new
                {
                    party = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    faults_in_a_row = table.Column<int>(type: "integer", nullable: false),
                    open_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_good_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_fault_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_party_health", x => x.party);
                });

            migrationBuilder.CreateTable(
                name: "party_orders",
                schema: "one_thing",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    party = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    service_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    service_version = table.Column<int>(type: "integer", nullable: false),
                    placed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    last_attempt_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_error = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    taken_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approved = table.Column<bool>(type: "boolean", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_party_orders", x => x.id);
                    table.CheckConstraint("ck_party_orders_answer", "(answered_at IS NULL) = (approved IS NULL)");
                });

            migrationBuilder.CreateTable(
                name: "personal_data_reads",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    staff_user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    staff_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    department_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    subject_account_id = table.Column<Guid>(type: "uuid", nullable: true),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    field = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_personal_data_reads", x => x.id);
                    table.CheckConstraint("ck_personal_data_reads_reason", "char_length(btrim(reason)) >= 5");
                    table.CheckConstraint("ck_personal_data_reads_subject", "subject_account_id IS NOT NULL OR case_id IS NOT NULL");
                });

            migrationBuilder.CreateTable(
                name: "reference_lists",
                schema: "catalogue",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    loaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reference_lists", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "releases",
                schema: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_group = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    from_day = table.Column<DateOnly>(type: "date", nullable: false),
                    to_day = table.Column<DateOnly>(type: "date", nullable: false),
                    mode = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    opens_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    closes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    free_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_releases", x => x.id);
                    table.CheckConstraint("ck_releases_days", "to_day >= from_day");
                });

            migrationBuilder.CreateTable(
                name: "restricted_persons",
                schema: "registration",
                columns: table => new
                {
                    person_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    until = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_restricted_persons", x => x.person_hash);
                });

            migrationBuilder.CreateTable(
                name: "rule_set_versions",
                schema: "catalogue",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    loaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rule_set_versions", x => new { x.code, x.version });
                    table.CheckConstraint("ck_rule_set_versions_version", "version > 0");
                });

            migrationBuilder.CreateTable(
                name: "rulebooks",
                schema: "complaints",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    loaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rulebooks", x => new { x.kind, x.version });
                });

            migrationBuilder.CreateTable(
                name: "rulebooks",
                schema: "evaluation",
                columns: table => new
                {
                    version = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    loaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rulebooks1", x => x.version);
                });

            migrationBuilder.CreateTable(
                name: "schedule_files",
                schema: "appointments",
                columns: table => new
                {
                    path = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    loaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_schedule_files", x => x.path);
                });

            migrationBuilder.CreateTable(
                name: "seal_certificates",
                schema: "licences",
                columns: table => new
                {
                    thumbprint = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    certificate = table.Column<byte[]>(type: "bytea", nullable: false),
                    protected_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    is_demo = table.Column<bool>(type: "boolean", nullable: false),
                    not_after = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seal_certificates", x => x.thumbprint);
                });

            migrationBuilder.CreateTable(
                name: "search_counts",
                schema: "catalogue",
                columns: table => new
                {
                    text = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    found = table.Column<bool>(type: "boolean", nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_search_counts", x => new { x.day, x.found, x.text });
                    table.CheckConstraint("ck_search_counts_count", "count > 0");
                });

            migrationBuilder.CreateTable(
                name: "seed_load",
                schema: "kernel",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    rows_changed = table.Column<int>(type: "integer", nullable: false),
                    loaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seed_load", x => x.id);
                    table.CheckConstraint("ck_seed_load_single", "id = 1");
                });

            migrationBuilder.CreateTable(
                name: "seizure_look_ups",
                schema: "property",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    masked_unit = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ground = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    answered = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seizure_look_ups", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "service_events",
                schema: "evaluation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    root_ref = table.Column<Guid>(type: "uuid", nullable: false),
                    stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    window_number = table.Column<int>(type: "integer", nullable: true),
                    staff_id = table.Column<Guid>(type: "uuid", nullable: true),
                    item = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    item_title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    citizen_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_sample = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_events", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "service_scans",
                schema: "catalogue",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    count = table.Column<long>(type: "bigint", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_scans", x => new { x.code, x.day });
                    table.CheckConstraint("ck_service_scans_count", "count > 0");
                });

            migrationBuilder.CreateTable(
                name: "service_versions",
                schema: "catalogue",
                columns: table => new
                {
                    code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    loaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    summary = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    department = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    theme = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    audiences = table.Column<string[]>(type: "text[]", nullable: false),
                    cancelled = table.Column<bool>(type: "boolean", nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    origin = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    written_by = table.Column<Guid>(type: "uuid", nullable: true),
                    written_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    published_by = table.Column<Guid>(type: "uuid", nullable: true),
                    published_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    import_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_service_versions", x => new { x.code, x.version });
                    table.CheckConstraint("ck_service_versions_hash", "length(hash) = 64");
                    table.CheckConstraint("ck_service_versions_two_people", "origin IN ('File', 'Undo') OR (written_by IS NOT NULL AND published_by IS NOT NULL AND written_by <> published_by)");
                    table.CheckConstraint("ck_service_versions_version", "version > 0");
                });

            migrationBuilder.CreateTable(
                name: "sign_in_codes",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    phone_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    phone_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    asker_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    code_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tries_left = table.Column<int>(type: "integer", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sign_in_codes", x => x.id);
                    table.CheckConstraint("ck_sign_in_codes_tries", "tries_left BETWEEN 0 AND 5");
                });

            migrationBuilder.CreateTable(
                name: "sms_dispatches",
                schema: "notifications",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    notice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    recipient_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    attempts = table.Column<int>(type: "integer", nullable: false),
                    last_error = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sms_dispatches", x => x.id);
                    table.CheckConstraint("ck_sms_dispatches_sent", "(status = 'Sent') = (sent_at IS NOT NULL)");
                });

            migrationBuilder.CreateTable(
                name: "staff_account_changes",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    changed_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    detail = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_account_changes", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "standings",
                schema: "licences",
                columns: table => new
                {
                    kind = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    holder_key = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    words = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    shown_from = table.Column<DateOnly>(type: "date", nullable: false),
                    shown_to = table.Column<DateOnly>(type: "date", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_standings", x => new { x.kind, x.holder_key });
                    table.CheckConstraint("ck_standings_days", "shown_to IS NULL OR shown_to >= shown_from");
                });

            migrationBuilder.CreateTable(
                name: "tickets",
                schema: "hall",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    code = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    number = table.Column<string>(type: "character varying(8)", maxLength: 8, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    zone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    group_code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    @class = table.Column<string>(name: "class", type: "character varying(40)", maxLength: 40, nullable: false),
                    urgent_reason = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    person_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    due = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    checked_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    window_number = table.Column<int>(type: "integer", nullable: true),
                    calls = table.Column<int>(type: "integer", nullable: false),
                    first_called_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reached_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    last_called_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    served_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    missed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    parked_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reason = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    rejoined = table.Column<bool>(type: "boolean", nullable: false),
                    told_low = table.Column<double>(type: "double precision", nullable: true),
                    told_middle = table.Column<double>(type: "double precision", nullable: true),
                    told_high = table.Column<double>(type: "double precision", nullable: true),
                    told_simple = table.Column<double>(type: "double precision", nullable: true),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_tickets", x => x.id);
                    table.CheckConstraint("ck_tickets_parked", "state <> 'Parked' OR (parked_until IS NOT NULL AND reason IS NOT NULL)");
                    table.CheckConstraint("ck_tickets_urgent", "class <> 'Urgent' OR urgent_reason IS NOT NULL");
                    table.CheckConstraint("ck_tickets_voided", "state <> 'Voided' OR reason IS NOT NULL");
                    table.CheckConstraint("ck_tickets_window", "(state IN ('Called', 'Serving')) = (window_number IS NOT NULL)");
                });

            migrationBuilder.CreateTable(
                name: "users",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    is_staff = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    phone_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    phone_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    name_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    id_number_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    id_number_hash = table.Column<byte[]>(type: "bytea", nullable: true),
                    real_name_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    real_name_method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    last_sign_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_user_name = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    normalized_email = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    email_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    password_hash = table.Column<string>(type: "text", nullable: true),
                    security_stamp = table.Column<string>(type: "text", nullable: true),
                    concurrency_stamp = table.Column<string>(type: "text", nullable: true),
                    phone_number = table.Column<string>(type: "character varying(256)", maxLength: 256, nullable: true),
                    phone_number_confirmed = table.Column<bool>(type: "boolean", nullable: false),
                    two_factor_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    lockout_end = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    lockout_enabled = table.Column<bool>(type: "boolean", nullable: false),
                    access_failed_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_users", x => x.id);
                    table.CheckConstraint("ck_users_citizen_has_phone", "is_staff OR (phone_hash IS NOT NULL AND phone_secret IS NOT NULL)");
                    table.CheckConstraint("ck_users_no_plain_personal_data", "phone_number IS NULL AND email IS NULL AND normalized_email IS NULL");
                    table.CheckConstraint("ck_users_real_name_whole", "(real_name_at IS NULL) = (id_number_hash IS NULL) AND (real_name_at IS NULL) = (id_number_secret IS NULL) AND (real_name_at IS NULL) = (name_secret IS NULL)");
                });

            migrationBuilder.CreateTable(
                name: "waiting",
                schema: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_group = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    service_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    person_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    property_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    visitor_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    property_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from_day = table.Column<DateOnly>(type: "date", nullable: false),
                    to_day = table.Column<DateOnly>(type: "date", nullable: false),
                    request_key = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_waiting", x => x.id);
                    table.CheckConstraint("ck_waiting_days", "to_day >= from_day");
                });

            migrationBuilder.CreateTable(
                name: "weekly_quotas",
                schema: "appointments",
                columns: table => new
                {
                    service_group = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    week = table.Column<DateOnly>(type: "date", nullable: false),
                    quota = table.Column<int>(type: "integer", nullable: false),
                    used = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_weekly_quotas", x => new { x.service_group, x.week });
                    table.CheckConstraint("ck_weekly_quotas_not_too_many", "used BETWEEN 0 AND quota");
                });

            migrationBuilder.CreateTable(
                name: "windows",
                schema: "hall",
                columns: table => new
                {
                    number = table.Column<int>(type: "integer", nullable: false),
                    zone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    staff_id = table.Column<Guid>(type: "uuid", nullable: true),
                    skills = table.Column<string[]>(type: "text[]", nullable: false),
                    opened_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ticket_id = table.Column<Guid>(type: "uuid", nullable: true),
                    pause_reason = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    changed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_windows", x => x.number);
                    table.CheckConstraint("ck_windows_paused", "state <> 'Paused' OR pause_reason IS NOT NULL");
                    table.CheckConstraint("ck_windows_staff", "(state = 'Closed') = (staff_id IS NULL)");
                    table.CheckConstraint("ck_windows_ticket", "(state IN ('Calling', 'Serving')) = (ticket_id IS NOT NULL)");
                });

            migrationBuilder.CreateTable(
                name: "zone_hours",
                schema: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    zone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    version = table.Column<int>(type: "integer", nullable: false),
                    effective_from = table.Column<DateOnly>(type: "date", nullable: false),
                    content = table.Column<string>(type: "jsonb", nullable: false),
                    reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    affected = table.Column<int>(type: "integer", nullable: false),
                    stored_by = table.Column<Guid>(type: "uuid", nullable: false),
                    stored_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_zone_hours", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "attachments",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    material_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    protected_name = table.Column<byte[]>(type: "bytea", nullable: false),
                    content_type = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    length = table.Column<long>(type: "bigint", nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    uploaded_by = table.Column<Guid>(type: "uuid", nullable: false),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    removed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachments", x => x.id);
                    table.ForeignKey(
                        name: "fk_attachments_case_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "clock_segments",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    paused = table.Column<bool>(type: "boolean", nullable: false),
                    reason = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clock_segments", x => x.id);
                    table.CheckConstraint("ck_clock_segments_order", "\"to\" IS NULL OR \"to\" >= \"from\"");
                    table.ForeignKey(
                        name: "fk_clock_segments_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "counter_codes",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    @for = table.Column<string>(name: "for", type: "character varying(40)", maxLength: 40, nullable: false),
                    clerk_id = table.Column<Guid>(type: "uuid", nullable: false),
                    phone_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    protected_phone = table.Column<byte[]>(type: "bytea", nullable: false),
                    applicant_id = table.Column<Guid>(type: "uuid", nullable: true),
                    protected_name = table.Column<byte[]>(type: "bytea", nullable: true),
                    protected_id_number = table.Column<byte[]>(type: "bytea", nullable: true),
                    real_name_method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    service_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    service_title = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    place = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    content_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    code_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    protected_code = table.Column<byte[]>(type: "bytea", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    tries_left = table.Column<int>(type: "integer", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counter_codes", x => x.id);
                    table.CheckConstraint("ck_counter_codes_content", "(\"for\" = 'Fill') = (case_id IS NULL) AND (case_id IS NULL) = (content_hash IS NULL)");
                    table.CheckConstraint("ck_counter_codes_tries", "tries_left BETWEEN 0 AND 5");
                    table.ForeignKey(
                        name: "fk_counter_codes_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "counter_corrections",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    clerk_id = table.Column<Guid>(type: "uuid", nullable: false),
                    clerk_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    hall = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    window = table.Column<int>(type: "integer", nullable: true),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counter_corrections", x => x.id);
                    table.CheckConstraint("ck_counter_corrections_order", "confirmed_at IS NULL OR (opened_at IS NOT NULL AND confirmed_at >= opened_at)");
                    table.ForeignKey(
                        name: "fk_counter_corrections_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "counter_filings",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    hall = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    window = table.Column<int>(type: "integer", nullable: true),
                    clerk_id = table.Column<Guid>(type: "uuid", nullable: false),
                    clerk_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    deciding_hall = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    protected_applicant = table.Column<byte[]>(type: "bytea", nullable: false),
                    issuing_hall = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    issuing_chosen = table.Column<bool>(type: "boolean", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ready_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    protected_pick_up_code = table.Column<byte[]>(type: "bytea", nullable: true),
                    handed_over_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    handed_over_by = table.Column<Guid>(type: "uuid", nullable: true),
                    handed_over_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    handed_over_to = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    proof = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    protected_agent = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_counter_filings", x => x.id);
                    table.CheckConstraint("ck_counter_filings_agent", "COALESCE(handed_over_to = 'Agent', false) = (protected_agent IS NOT NULL)");
                    table.CheckConstraint("ck_counter_filings_handed_over", "handed_over_at IS NULL OR (ready_at IS NOT NULL AND handed_over_at >= ready_at)");
                    table.CheckConstraint("ck_counter_filings_handed_over_whole", "(handed_over_at IS NULL) = (handed_over_by IS NULL) AND (handed_over_at IS NULL) = (handed_over_by_name IS NULL) AND (handed_over_at IS NULL) = (handed_over_to IS NULL) AND (handed_over_at IS NULL) = (proof IS NULL)");
                    table.CheckConstraint("ck_counter_filings_issuing", "issuing_hall IS NULL OR issuing_chosen");
                    table.CheckConstraint("ck_counter_filings_ready", "(ready_at IS NULL) = (protected_pick_up_code IS NULL) AND (ready_at IS NULL OR issuing_hall IS NOT NULL)");
                    table.ForeignKey(
                        name: "fk_counter_filings_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "decisions",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    action = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    protected_opinion = table.Column<byte[]>(type: "bytea", nullable: true),
                    checked_rules = table.Column<string[]>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_decisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_decisions_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "events",
                schema: "cases",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    detail = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    link = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events", x => new { x.case_id, x.sequence });
                    table.ForeignKey(
                        name: "fk_events_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "exceptions",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    what = table.Column<byte[]>(type: "bytea", nullable: false),
                    reason = table.Column<byte[]>(type: "bytea", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_exceptions", x => x.id);
                    table.CheckConstraint("ck_exceptions_reason", "octet_length(what) > 0 AND octet_length(reason) > 0");
                    table.ForeignKey(
                        name: "fk_exceptions_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "filing_consents",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    staff_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    given_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    valid_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    open_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_filing_consents", x => x.id);
                    table.CheckConstraint("ck_filing_consents_time", "valid_until > given_at AND (ended_at IS NULL OR ended_at >= given_at)");
                    table.ForeignKey(
                        name: "fk_filing_consents_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "people",
                schema: "cases",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    role = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_people", x => new { x.case_id, x.person_hash, x.role });
                    table.ForeignKey(
                        name: "fk_people_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "promises",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    department = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    material_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    person_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    made_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    next_on = table.Column<DateOnly>(type: "date", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    checked_by = table.Column<Guid>(type: "uuid", nullable: true),
                    checked_by_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: true),
                    finding = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_promises", x => x.id);
                    table.CheckConstraint("ck_promises_checked", "(checked_by IS NULL) = (finding IS NULL)");
                    table.CheckConstraint("ck_promises_later", "kind <> 'Later' OR due_on IS NOT NULL");
                    table.CheckConstraint("ck_promises_outcome", "(ended_at IS NULL) = (outcome IS NULL)");
                    table.ForeignKey(
                        name: "fk_promises_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "revisions",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    ordinal = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    protected_answers = table.Column<byte[]>(type: "bytea", nullable: false),
                    answers_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    origins = table.Column<string>(type: "jsonb", nullable: false),
                    page_versions = table.Column<string>(type: "jsonb", nullable: false),
                    filled_by_staff = table.Column<string[]>(type: "text[]", nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    frozen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_revisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_revisions_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rule_runs",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rule_set = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    rule_set_version = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    results = table.Column<byte[]>(type: "bytea", nullable: false),
                    reasons = table.Column<List<string>>(type: "text[]", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rule_runs", x => x.id);
                    table.ForeignKey(
                        name: "fk_rule_runs_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "signature_notices",
                schema: "cases",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signature_notices", x => new { x.case_id, x.person_hash });
                    table.ForeignKey(
                        name: "fk_signature_notices_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "signatures",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    protected_name = table.Column<byte[]>(type: "bytea", nullable: false),
                    protected_id_number = table.Column<byte[]>(type: "bytea", nullable: false),
                    role = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    asked_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    signed_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true),
                    signed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    signed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_signatures", x => x.id);
                    table.ForeignKey(
                        name: "fk_signatures_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "calls",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    officer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reached = table.Column<bool>(type: "boolean", nullable: false),
                    solved = table.Column<bool>(type: "boolean", nullable: true),
                    satisfied = table.Column<bool>(type: "boolean", nullable: true),
                    protected_note = table.Column<byte[]>(type: "bytea", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_calls", x => x.id);
                    table.CheckConstraint("ck_calls_asked", "reached OR (solved IS NULL AND satisfied IS NULL)");
                    table.ForeignKey(
                        name: "fk_calls_complaint_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "clocks",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    hours = table.Column<int>(type: "integer", nullable: false),
                    days = table.Column<int>(type: "integer", nullable: false),
                    fixed_day = table.Column<DateOnly>(type: "date", nullable: true),
                    extra_days = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    stopped_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fulfilled = table.Column<bool>(type: "boolean", nullable: false),
                    merged = table.Column<bool>(type: "boolean", nullable: false),
                    calendar_version = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    next_escalation_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    next_level = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_clocks", x => x.id);
                    table.CheckConstraint("ck_clocks_limit", "hours > 0 OR days >= 0");
                    table.ForeignKey(
                        name: "fk_clocks_complaint_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "co_handlers",
                schema: "complaints",
                columns: table => new
                {
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    protected_opinion = table.Column<byte[]>(type: "bytea", nullable: true),
                    finished_by = table.Column<Guid>(type: "uuid", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_co_handlers", x => new { x.complaint_id, x.unit });
                    table.ForeignKey(
                        name: "fk_co_handlers_complaint_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "escalations",
                schema: "complaints",
                columns: table => new
                {
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    clock = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    level = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    explanation = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_escalations", x => new { x.complaint_id, x.round, x.clock, x.level });
                    table.ForeignKey(
                        name: "fk_escalations_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "events",
                schema: "complaints",
                columns: table => new
                {
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: true),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    detail = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    told = table.Column<string>(type: "character varying(600)", maxLength: 600, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_events1", x => new { x.complaint_id, x.sequence });
                    table.ForeignKey(
                        name: "fk_events_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "extensions",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    days = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    granted = table.Column<bool>(type: "boolean", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_extensions", x => x.id);
                    table.CheckConstraint("ck_extensions_two_people", "decided_by IS NULL OR decided_by <> asked_by");
                    table.ForeignKey(
                        name: "fk_extensions_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "files",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    protected_name = table.Column<byte[]>(type: "bytea", nullable: false),
                    content_type = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    length = table.Column<int>(type: "integer", nullable: false),
                    sha256 = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    uploaded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_files", x => x.id);
                    table.ForeignKey(
                        name: "fk_files_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "messages",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    from = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    author_id = table.Column<Guid>(type: "uuid", nullable: false),
                    author = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    protected_text = table.Column<byte[]>(type: "bytea", nullable: false),
                    for_citizen = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_messages", x => x.id);
                    table.ForeignKey(
                        name: "fk_messages_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "replies",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    protected_text = table.Column<byte[]>(type: "bytea", nullable: false),
                    written_by = table.Column<Guid>(type: "uuid", nullable: false),
                    written_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    override_reason = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    findings = table.Column<string[]>(type: "text[]", nullable: false),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reviewed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_replies", x => x.id);
                    table.CheckConstraint("ck_replies_two_people", "reviewed_by IS NULL OR reviewed_by <> written_by");
                    table.ForeignKey(
                        name: "fk_replies_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "returns",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    basis = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    suggested_unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    upheld = table.Column<bool>(type: "boolean", nullable: true),
                    ruled_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ruled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_returns", x => x.id);
                    table.ForeignKey(
                        name: "fk_returns_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "supervisions",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    why = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finding = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    closed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_supervisions", x => x.id);
                    table.ForeignKey(
                        name: "fk_supervisions_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "suspensions",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    complaint_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    explanation = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    asked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    asked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    granted = table.Column<bool>(type: "boolean", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    to = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    resumes_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suspensions", x => x.id);
                    table.CheckConstraint("ck_suspensions_two_people", "decided_by IS NULL OR decided_by <> asked_by");
                    table.ForeignKey(
                        name: "fk_suspensions_complaints_complaint_id",
                        column: x => x.complaint_id,
                        principalSchema: "complaints",
                        principalTable: "complaints",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "enterprise_agents",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    enterprise_id = table.Column<Guid>(type: "uuid", nullable: false),
                    phone_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    id_number_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    name_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    services = table.Column<List<string>>(type: "text[]", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: false),
                    granted_by = table.Column<Guid>(type: "uuid", nullable: false),
                    granted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    accepted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    accepted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    revoked_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_enterprise_agents", x => x.id);
                    table.CheckConstraint("ck_enterprise_agents_period", "valid_from <= valid_to");
                    table.ForeignKey(
                        name: "fk_enterprise_agents_enterprise_enterprise_id",
                        column: x => x.enterprise_id,
                        principalSchema: "identity",
                        principalTable: "enterprises",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "deregistration_notices",
                schema: "registration",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    applicant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    credit_code = table.Column<string>(type: "character varying(18)", maxLength: 18, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    name_grams = table.Column<string[]>(type: "text[]", nullable: false),
                    published_on = table.Column<DateOnly>(type: "date", nullable: false),
                    ends_on = table.Column<DateOnly>(type: "date", nullable: false),
                    apply_until = table.Column<DateOnly>(type: "date", nullable: false),
                    prolonged_by = table.Column<Guid>(type: "uuid", nullable: true),
                    objected_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    withdrawn_by = table.Column<Guid>(type: "uuid", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deregistration_notices", x => x.id);
                    table.CheckConstraint("ck_deregistration_notices_days", "published_on < ends_on AND ends_on < apply_until");
                    table.ForeignKey(
                        name: "fk_deregistration_notices_entities_entity_id",
                        column: x => x.entity_id,
                        principalSchema: "registration",
                        principalTable: "entities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "entity_versions",
                schema: "registration",
                columns: table => new
                {
                    entity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    details = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_entity_versions", x => new { x.entity_id, x.number });
                    table.CheckConstraint("ck_entity_versions_days", "valid_to IS NULL OR valid_to >= valid_from");
                    table.ForeignKey(
                        name: "fk_entity_versions_entities_entity_id",
                        column: x => x.entity_id,
                        principalSchema: "registration",
                        principalTable: "entities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "procedures",
                schema: "registration",
                columns: table => new
                {
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    entity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    handler = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    applicant_id = table.Column<Guid>(type: "uuid", nullable: false),
                    payload = table.Column<byte[]>(type: "bytea", nullable: false),
                    submitted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_procedures", x => x.case_id);
                    table.ForeignKey(
                        name: "fk_procedures_entities_entity_id",
                        column: x => x.entity_id,
                        principalSchema: "registration",
                        principalTable: "entities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "seal_orders",
                schema: "registration",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kinds = table.Column<string[]>(type: "text[]", nullable: false),
                    free = table.Column<bool>(type: "boolean", nullable: false),
                    ordered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seal_orders", x => x.id);
                    table.ForeignKey(
                        name: "fk_seal_orders_entities_entity_id",
                        column: x => x.entity_id,
                        principalSchema: "registration",
                        principalTable: "entities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "suspensions",
                schema: "registration",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    entity_id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: false),
                    last_day = table.Column<DateOnly>(type: "date", nullable: false),
                    reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    delivery_address = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    resumed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    resumed_by = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_suspensions1", x => x.id);
                    table.CheckConstraint("ck_suspensions_days", "last_day >= first_day");
                    table.ForeignKey(
                        name: "fk_suspensions_entities_entity_id",
                        column: x => x.entity_id,
                        principalSchema: "registration",
                        principalTable: "entities",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "visits",
                schema: "enterprise",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    on = table.Column<DateOnly>(type: "date", nullable: false),
                    manner = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    protected_note = table.Column<byte[]>(type: "bytea", nullable: false),
                    officer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    officer_name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    recorded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_visits", x => x.id);
                    table.ForeignKey(
                        name: "fk_visits_firms_firm_id",
                        column: x => x.firm_id,
                        principalSchema: "enterprise",
                        principalTable: "firms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "case_helps",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    helper_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    assigned_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_case_helps", x => x.id);
                    table.ForeignKey(
                        name: "fk_case_helps_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_case_helps_helper_duties_helper_id",
                        column: x => x.helper_id,
                        principalSchema: "cases",
                        principalTable: "helper_duties",
                        principalColumn: "staff_id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "licence_contents",
                schema: "licences",
                columns: table => new
                {
                    licence_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bytes = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_licence_contents", x => x.licence_id);
                    table.ForeignKey(
                        name: "fk_licence_contents_licences_licence_id",
                        column: x => x.licence_id,
                        principalSchema: "licences",
                        principalTable: "licences",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "licence_holders",
                schema: "licences",
                columns: table => new
                {
                    licence_id = table.Column<Guid>(type: "uuid", nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_licence_holders", x => new { x.licence_id, x.user_id });
                    table.ForeignKey(
                        name: "fk_licence_holders_licences_licence_id",
                        column: x => x.licence_id,
                        principalSchema: "licences",
                        principalTable: "licences",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "draw_applications",
                schema: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    release_id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_group = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    service_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    person_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    property_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    visitor_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    property_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    silent = table.Column<bool>(type: "boolean", nullable: false),
                    preferences = table.Column<List<Guid>>(type: "uuid[]", nullable: false),
                    request_key = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    weight = table.Column<int>(type: "integer", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: true),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draw_applications", x => x.id);
                    table.CheckConstraint("ck_draw_applications_weight", "weight >= 1 AND cardinality(preferences) >= 1");
                    table.ForeignKey(
                        name: "fk_draw_applications_release_release_id",
                        column: x => x.release_id,
                        principalSchema: "appointments",
                        principalTable: "releases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "draws",
                schema: "appointments",
                columns: table => new
                {
                    release_id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_group = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    seed_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    commitment = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    list_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    applications = table.Column<int>(type: "integer", nullable: false),
                    closed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    public_value = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: true),
                    held_by = table.Column<Guid>(type: "uuid", nullable: true),
                    held_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    winners = table.Column<int>(type: "integer", nullable: true),
                    proof = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_draws", x => x.release_id);
                    table.CheckConstraint("ck_draws_held_whole", "(held_at IS NULL) = (proof IS NULL) AND (held_at IS NULL) = (public_value IS NULL)");
                    table.ForeignKey(
                        name: "fk_draws_release_release_id",
                        column: x => x.release_id,
                        principalSchema: "appointments",
                        principalTable: "releases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "room_entries",
                schema: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    release_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    joined_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    rank = table.Column<int>(type: "integer", nullable: true),
                    turn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_room_entries", x => x.id);
                    table.ForeignKey(
                        name: "fk_room_entries_release_release_id",
                        column: x => x.release_id,
                        principalSchema: "appointments",
                        principalTable: "releases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "slots",
                schema: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    release_id = table.Column<Guid>(type: "uuid", nullable: false),
                    service_group = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    zone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    day = table.Column<DateOnly>(type: "date", nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    session = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    withdrawn_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_slots", x => x.id);
                    table.CheckConstraint("ck_slots_ends_after_start", "ends_at > starts_at");
                    table.ForeignKey(
                        name: "fk_slots_releases_release_id",
                        column: x => x.release_id,
                        principalSchema: "appointments",
                        principalTable: "releases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "evaluations",
                schema: "evaluation",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    level = table.Column<short>(type: "smallint", maxLength: 40, nullable: false),
                    reasons = table.Column<string[]>(type: "text[]", nullable: false),
                    protected_comment = table.Column<byte[]>(type: "bytea", nullable: true),
                    identity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    protected_phone = table.Column<byte[]>(type: "bytea", nullable: true),
                    door = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_evaluations", x => x.event_id);
                    table.CheckConstraint("ck_evaluations_anonymous", "identity = 'Named' OR protected_phone IS NULL");
                    table.CheckConstraint("ck_evaluations_level", "level BETWEEN 1 AND 5");
                    table.ForeignKey(
                        name: "fk_evaluations_service_events_event_id",
                        column: x => x.event_id,
                        principalSchema: "evaluation",
                        principalTable: "service_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "follow_ups",
                schema: "evaluation",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    protected_text = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_follow_ups", x => x.event_id);
                    table.ForeignKey(
                        name: "fk_follow_ups_service_event_event_id",
                        column: x => x.event_id,
                        principalSchema: "evaluation",
                        principalTable: "service_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invitations",
                schema: "evaluation",
                columns: table => new
                {
                    token_hash = table.Column<byte[]>(type: "bytea", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    purpose = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    door = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    issued_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    used_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invitations", x => x.token_hash);
                    table.CheckConstraint("ck_invitations_expire", "expires_at > issued_at");
                    table.ForeignKey(
                        name: "fk_invitations_service_event_event_id",
                        column: x => x.event_id,
                        principalSchema: "evaluation",
                        principalTable: "service_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "public_comments",
                schema: "evaluation",
                columns: table => new
                {
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    published_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_public_comments", x => x.event_id);
                    table.ForeignKey(
                        name: "fk_public_comments_service_events_event_id",
                        column: x => x.event_id,
                        principalSchema: "evaluation",
                        principalTable: "service_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rectifications",
                schema: "evaluation",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    event_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    rated_id = table.Column<Guid>(type: "uuid", nullable: true),
                    callable = table.Column<bool>(type: "boolean", nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    return_to = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    appeal_days = table.Column<int>(type: "integer", nullable: false),
                    stage_started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    stage_days = table.Column<int>(type: "integer", nullable: false),
                    due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    calendar_version = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    claimed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    claimed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    called_by = table.Column<Guid>(type: "uuid", nullable: true),
                    called_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reached = table.Column<bool>(type: "boolean", nullable: true),
                    called_in_time = table.Column<bool>(type: "boolean", nullable: true),
                    protected_call_note = table.Column<byte[]>(type: "bytea", nullable: true),
                    fix_started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fix_days = table.Column<int>(type: "integer", nullable: true),
                    fix_due_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    extended = table.Column<bool>(type: "boolean", nullable: false),
                    extension_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    fixed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    fixed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    fix_text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    reviewed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    reviewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    appealed_by = table.Column<Guid>(type: "uuid", nullable: true),
                    appealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    protected_appeal = table.Column<byte[]>(type: "bytea", nullable: true),
                    ruled_by = table.Column<Guid>(type: "uuid", nullable: true),
                    ruled_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    counted = table.Column<bool>(type: "boolean", nullable: false),
                    exclusion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    ruling_text = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    event_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rectifications", x => x.id);
                    table.CheckConstraint("ck_rectifications_closed", "state <> 'Closed' OR (reviewed_by IS NOT NULL AND fix_text IS NOT NULL)");
                    table.CheckConstraint("ck_rectifications_counted", "counted OR (exclusion IS NOT NULL AND ruling_text IS NOT NULL AND ruled_by IS NOT NULL)");
                    table.CheckConstraint("ck_rectifications_due", "(state IN ('Closed', 'Excluded')) = (due_at IS NULL)");
                    table.CheckConstraint("ck_rectifications_excluded", "(state = 'Excluded') = (NOT counted)");
                    table.CheckConstraint("ck_rectifications_three_people", "called_by <> rated_id AND reviewed_by <> rated_id AND reviewed_by <> called_by AND ruled_by <> rated_id AND ruled_by <> called_by AND claimed_by <> rated_id AND fixed_by <> rated_id AND reviewed_by <> fixed_by AND reviewed_by <> claimed_by AND ruled_by <> appealed_by AND ruled_by <> claimed_by");
                    table.ForeignKey(
                        name: "fk_rectifications_service_event_event_id",
                        column: x => x.event_id,
                        principalSchema: "evaluation",
                        principalTable: "service_events",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sessions",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    device = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    seen_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    expires_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sessions", x => x.id);
                    table.CheckConstraint("ck_sessions_expire_later", "expires_at > started_at");
                    table.ForeignKey(
                        name: "fk_sessions_users_account_id",
                        column: x => x.account_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "staff_members",
                schema: "identity",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    staff_number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    department_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    roles = table.Column<List<string>>(type: "text[]", nullable: false),
                    active = table.Column<bool>(type: "boolean", nullable: false),
                    totp_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    totp_confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    totp_last_step = table.Column<long>(type: "bigint", nullable: false),
                    one_time_password_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_staff_members", x => x.user_id);
                    table.ForeignKey(
                        name: "fk_staff_members_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "user_claims",
                schema: "identity",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    claim_type = table.Column<string>(type: "text", nullable: true),
                    claim_value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_claims", x => x.id);
                    table.ForeignKey(
                        name: "fk_user_claims_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_logins",
                schema: "identity",
                columns: table => new
                {
                    login_provider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    provider_key = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    provider_display_name = table.Column<string>(type: "text", nullable: true),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_logins", x => new { x.login_provider, x.provider_key });
                    table.ForeignKey(
                        name: "fk_user_logins_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_passkeys",
                schema: "identity",
                columns: table => new
                {
                    credential_id = table.Column<byte[]>(type: "bytea", maxLength: 1024, nullable: false),
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    data = table.Column<string>(type: "jsonb", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_passkeys", x => x.credential_id);
                    table.ForeignKey(
                        name: "fk_user_passkeys_asp_net_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "user_tokens",
                schema: "identity",
                columns: table => new
                {
                    user_id = table.Column<Guid>(type: "uuid", nullable: false),
                    login_provider = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    name = table.Column<string>(type: "character varying(128)", maxLength: 128, nullable: false),
                    value = table.Column<string>(type: "text", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_user_tokens", x => new { x.user_id, x.login_provider, x.name });
                    table.ForeignKey(
                        name: "fk_user_tokens_users_user_id",
                        column: x => x.user_id,
                        principalSchema: "identity",
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "attachment_bodies",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_attachment_bodies", x => x.id);
                    table.ForeignKey(
                        name: "fk_attachment_bodies_attachment_id",
                        column: x => x.id,
                        principalSchema: "cases",
                        principalTable: "attachments",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "correction_items",
                schema: "cases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    case_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    path = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    protected_remark = table.Column<byte[]>(type: "bytea", nullable: false),
                    requested_by = table.Column<Guid>(type: "uuid", nullable: false),
                    requested_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    resolved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    exception_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_correction_items", x => x.id);
                    table.CheckConstraint("ck_correction_items_outside", "(path LIKE 'material:extra-%') = (exception_id IS NOT NULL)");
                    table.ForeignKey(
                        name: "fk_correction_items_cases_case_id",
                        column: x => x.case_id,
                        principalSchema: "cases",
                        principalTable: "cases",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_correction_items_exceptions_exception_id",
                        column: x => x.exception_id,
                        principalSchema: "cases",
                        principalTable: "exceptions",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "file_bodies",
                schema: "complaints",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_file_bodies", x => x.id);
                    table.ForeignKey(
                        name: "fk_file_bodies_complaint_file_id",
                        column: x => x.id,
                        principalSchema: "complaints",
                        principalTable: "files",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "deregistration_objections",
                schema: "registration",
                columns: table => new
                {
                    notice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    account_id = table.Column<Guid>(type: "uuid", nullable: false),
                    reason_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_deregistration_objections", x => new { x.notice_id, x.account_id });
                    table.ForeignKey(
                        name: "fk_deregistration_objections_deregistration_notices_notice_id",
                        column: x => x.notice_id,
                        principalSchema: "registration",
                        principalTable: "deregistration_notices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "problems",
                schema: "enterprise",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    firm_id = table.Column<Guid>(type: "uuid", nullable: false),
                    visit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    number = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    category = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    raised_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: false),
                    stage = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    replied_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    called_back_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    conversion = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    conversion_note = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: true),
                    converted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_problems", x => x.id);
                    table.CheckConstraint("ck_problems_conversion", "(conversion IS NULL) = (converted_at IS NULL)");
                    table.ForeignKey(
                        name: "fk_problems_firm_visit_visit_id",
                        column: x => x.visit_id,
                        principalSchema: "enterprise",
                        principalTable: "visits",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_problems_firms_firm_id",
                        column: x => x.firm_id,
                        principalSchema: "enterprise",
                        principalTable: "firms",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "bookings",
                schema: "appointments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false),
                    slot_id = table.Column<Guid>(type: "uuid", nullable: false),
                    seat_id = table.Column<long>(type: "bigint", nullable: false),
                    service_code = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    service_group = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    zone = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    starts_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    ends_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    person_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    property_key = table.Column<byte[]>(type: "bytea", nullable: true),
                    case_id = table.Column<Guid>(type: "uuid", nullable: true),
                    visitor_secret = table.Column<byte[]>(type: "bytea", nullable: false),
                    property_secret = table.Column<byte[]>(type: "bytea", nullable: true),
                    booked_by = table.Column<Guid>(type: "uuid", nullable: false),
                    for_another = table.Column<bool>(type: "boolean", nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    hold_until = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    extended = table.Column<bool>(type: "boolean", nullable: false),
                    idempotency_key = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    quota_week = table.Column<DateOnly>(type: "date", nullable: true),
                    moves = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    confirmed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    checked_in_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reminded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    hall_moved_from = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    hall_reason = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bookings", x => x.id);
                    table.CheckConstraint("ck_bookings_confirmed_has_time", "state NOT IN ('Confirmed', 'CheckedIn', 'Done', 'NoShow') OR confirmed_at IS NOT NULL");
                    table.CheckConstraint("ck_bookings_ends_after_start", "ends_at > starts_at");
                    table.CheckConstraint("ck_bookings_held_has_end", "(state = 'Held') <= (hold_until IS NOT NULL)");
                    table.ForeignKey(
                        name: "fk_bookings_slot_slot_id",
                        column: x => x.slot_id,
                        principalSchema: "appointments",
                        principalTable: "slots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "seats",
                schema: "appointments",
                columns: table => new
                {
                    id = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityAlwaysColumn),
                    slot_id = table.Column<Guid>(type: "uuid", nullable: false),
                    lane = table.Column<int>(type: "integer", nullable: false),
                    pool = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    release_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    appointment_id = table.Column<Guid>(type: "uuid", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seats", x => x.id);
                    table.ForeignKey(
                        name: "fk_seats_slot_slot_id",
                        column: x => x.slot_id,
                        principalSchema: "appointments",
                        principalTable: "slots",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "rectification_events",
                schema: "evaluation",
                columns: table => new
                {
                    rectification_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    state = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: false),
                    actor = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rectification_events", x => new { x.rectification_id, x.sequence });
                    table.ForeignKey(
                        name: "fk_rectification_events_rectifications_rectification_id",
                        column: x => x.rectification_id,
                        principalSchema: "evaluation",
                        principalTable: "rectifications",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_admissions_case_number",
                schema: "appointments",
                table: "admissions",
                column: "case_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_admissions_due",
                schema: "appointments",
                table: "admissions",
                columns: new[] { "book_by", "case_id" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_admissions_open",
                schema: "appointments",
                table: "admissions",
                columns: new[] { "account_id", "service_code", "case_id" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_attachments_case_id_material_code",
                schema: "cases",
                table: "attachments",
                columns: new[] { "case_id", "material_code" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_booked_by",
                schema: "appointments",
                table: "bookings",
                columns: new[] { "booked_by", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_bookings_case",
                schema: "appointments",
                table: "bookings",
                columns: new[] { "case_id", "id" },
                filter: "case_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_bookings_coming",
                schema: "appointments",
                table: "bookings",
                columns: new[] { "starts_at", "id" },
                filter: "state = 'Confirmed'");

            migrationBuilder.CreateIndex(
                name: "ix_bookings_held",
                schema: "appointments",
                table: "bookings",
                column: "slot_id",
                filter: "state = 'Held'");

            migrationBuilder.CreateIndex(
                name: "ix_bookings_hold_ends",
                schema: "appointments",
                table: "bookings",
                column: "hold_until",
                filter: "state = 'Held'");

            migrationBuilder.CreateIndex(
                name: "ix_bookings_person_time",
                schema: "appointments",
                table: "bookings",
                columns: new[] { "person_key", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ux_bookings_case",
                schema: "appointments",
                table: "bookings",
                column: "case_id",
                unique: true,
                filter: "case_id IS NOT NULL AND state IN ('Held', 'Confirmed', 'CheckedIn')");

            migrationBuilder.CreateIndex(
                name: "ux_bookings_number",
                schema: "appointments",
                table: "bookings",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_bookings_person",
                schema: "appointments",
                table: "bookings",
                columns: new[] { "person_key", "service_group" },
                unique: true,
                filter: "state IN ('Held', 'Confirmed', 'CheckedIn')");

            migrationBuilder.CreateIndex(
                name: "ux_bookings_property",
                schema: "appointments",
                table: "bookings",
                columns: new[] { "property_key", "service_group" },
                unique: true,
                filter: "property_key IS NOT NULL AND state IN ('Held', 'Confirmed', 'CheckedIn')");

            migrationBuilder.CreateIndex(
                name: "ux_bookings_request",
                schema: "appointments",
                table: "bookings",
                columns: new[] { "person_key", "booked_by", "idempotency_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_bookings_seat",
                schema: "appointments",
                table: "bookings",
                column: "seat_id",
                unique: true,
                filter: "state IN ('Held', 'Confirmed', 'CheckedIn', 'Done')");

            migrationBuilder.CreateIndex(
                name: "ix_bundles_look",
                schema: "one_thing",
                table: "bundles",
                columns: new[] { "look_at", "case_id" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_calls_complaint",
                schema: "complaints",
                table: "calls",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_case_helps_helper",
                schema: "cases",
                table: "case_helps",
                columns: new[] { "helper_id", "id" },
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_case_helps_last",
                schema: "cases",
                table: "case_helps",
                columns: new[] { "helper_id", "assigned_at" });

            migrationBuilder.CreateIndex(
                name: "ux_case_helps_open",
                schema: "cases",
                table: "case_helps",
                column: "case_id",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_applicant",
                schema: "cases",
                table: "cases",
                columns: new[] { "applicant_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_claimed",
                schema: "cases",
                table: "cases",
                columns: new[] { "claimed_by", "due_on", "id" },
                filter: "claimed_by IS NOT NULL AND state IN ('Submitted', 'Accepted', 'InReview')")
                .Annotation("Npgsql:IndexInclude", new[] { "department", "handler", "referred" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_green",
                schema: "cases",
                table: "cases",
                columns: new[] { "department", "due_on", "id" },
                filter: "green_channel AND state IN ('Submitted', 'Accepted', 'InReview')");

            migrationBuilder.CreateIndex(
                name: "ix_cases_history",
                schema: "cases",
                table: "cases",
                columns: new[] { "department", "submitted_at", "id" },
                filter: "submitted_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cases_member_due",
                schema: "cases",
                table: "cases",
                columns: new[] { "due_on", "id" },
                filter: "bundle_id IS NOT NULL AND state IN ('Submitted', 'Accepted', 'InReview')");

            migrationBuilder.CreateIndex(
                name: "ix_cases_number",
                schema: "cases",
                table: "cases",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cases_subject_grams",
                schema: "cases",
                table: "cases",
                column: "subject_grams")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_cases_waiting",
                schema: "cases",
                table: "cases",
                columns: new[] { "department", "due_on", "id" },
                filter: "state IN ('CorrectionRequested', 'PreChecked')")
                .Annotation("Npgsql:IndexInclude", new[] { "handler" });

            migrationBuilder.CreateIndex(
                name: "ix_cases_work",
                schema: "cases",
                table: "cases",
                columns: new[] { "department", "due_on", "id" },
                filter: "state IN ('Submitted', 'Accepted', 'InReview')")
                .Annotation("Npgsql:IndexInclude", new[] { "handler", "referred" });

            migrationBuilder.CreateIndex(
                name: "ux_cases_member",
                schema: "cases",
                table: "cases",
                columns: new[] { "bundle_id", "member_code" },
                unique: true,
                filter: "bundle_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_cases_one_draft",
                schema: "cases",
                table: "cases",
                columns: new[] { "applicant_id", "enterprise_id", "service_code" },
                unique: true,
                filter: "state = 'Draft'")
                .Annotation("Npgsql:NullsDistinct", false);

            migrationBuilder.CreateIndex(
                name: "ux_clients_key",
                schema: "complaints",
                table: "clients",
                column: "key_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_clock_segments_case_id_from",
                schema: "cases",
                table: "clock_segments",
                columns: new[] { "case_id", "from" });

            migrationBuilder.CreateIndex(
                name: "ux_clock_segments_one_open",
                schema: "cases",
                table: "clock_segments",
                column: "case_id",
                unique: true,
                filter: "\"to\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_clocks_calendar",
                schema: "complaints",
                table: "clocks",
                column: "calendar_version",
                filter: "stopped_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_clocks_complaint",
                schema: "complaints",
                table: "clocks",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_clocks_escalation",
                schema: "complaints",
                table: "clocks",
                column: "next_escalation_at",
                filter: "next_escalation_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_clocks_running",
                schema: "complaints",
                table: "clocks",
                columns: new[] { "complaint_id", "kind" },
                unique: true,
                filter: "stopped_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_closures_zone_to",
                schema: "appointments",
                table: "closures",
                columns: new[] { "zone", "to" });

            migrationBuilder.CreateIndex(
                name: "ix_co_handlers_open",
                schema: "complaints",
                table: "co_handlers",
                columns: new[] { "unit", "complaint_id" },
                filter: "finished_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_asks",
                schema: "complaints",
                table: "complaints",
                column: "id",
                filter: "asks");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_client",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "client_id", "submitted_at", "id" },
                filter: "client_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_closed",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "unit", "closed_at", "id" },
                filter: "closed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_desk",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "desk", "due_at", "id" },
                filter: "desk IN ('Clerk', 'Supervisor', 'Reviewer', 'CallBack')");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_dispatched",
                schema: "complaints",
                table: "complaints",
                column: "dispatched_at",
                filter: "dispatched_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_handler",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "handler_id", "due_at", "id" },
                filter: "desk = 'Unit' AND handler_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_hotline",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "due_at", "id" },
                filter: "channel = 'SecretaryHotline'");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_master",
                schema: "complaints",
                table: "complaints",
                column: "master_id",
                filter: "master_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_number",
                schema: "complaints",
                table: "complaints",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_complaints_open",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "unit", "due_at", "id" },
                filter: "desk <> 'Nobody'");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_phone",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "phone_hash", "id" },
                filter: "phone_hash IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_public",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "submitted_at", "id" },
                filter: "published_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_published",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "published_at", "id" },
                filter: "published_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_repeat_phone",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "phone_hash", "topic", "submitted_at" },
                filter: "phone_hash IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_repeat_reporter",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "reporter_id", "topic", "submitted_at" },
                filter: "reporter_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_reporter",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "reporter_id", "id" },
                filter: "reporter_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_submitted",
                schema: "complaints",
                table: "complaints",
                column: "submitted_at");

            migrationBuilder.CreateIndex(
                name: "ix_complaints_topic",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "topic", "submitted_at" });

            migrationBuilder.CreateIndex(
                name: "ix_complaints_waiting",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "unit", "id" },
                filter: "desk = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ux_complaints_external",
                schema: "complaints",
                table: "complaints",
                columns: new[] { "channel", "external_number" },
                unique: true,
                filter: "external_number IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cooldowns_account_id_until",
                schema: "appointments",
                table: "cooldowns",
                columns: new[] { "account_id", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_cooldowns_appeals",
                schema: "appointments",
                table: "cooldowns",
                column: "appealed_at",
                filter: "appealed_at IS NOT NULL AND answered_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_cooldowns_appointment_id",
                schema: "appointments",
                table: "cooldowns",
                column: "appointment_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_cooldowns_person_key_until",
                schema: "appointments",
                table: "cooldowns",
                columns: new[] { "person_key", "until" });

            migrationBuilder.CreateIndex(
                name: "ix_correction_items_case_id_round_path",
                schema: "cases",
                table: "correction_items",
                columns: new[] { "case_id", "round", "path" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_correction_items_exception_id",
                schema: "cases",
                table: "correction_items",
                column: "exception_id");

            migrationBuilder.CreateIndex(
                name: "ix_counter_codes_case_id",
                schema: "cases",
                table: "counter_codes",
                column: "case_id",
                filter: "case_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_counter_codes_created_at",
                schema: "cases",
                table: "counter_codes",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_counter_codes_phone_hash_created_at",
                schema: "cases",
                table: "counter_codes",
                columns: new[] { "phone_hash", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ux_counter_codes_open",
                schema: "cases",
                table: "counter_codes",
                columns: new[] { "clerk_id", "phone_hash", "service_code", "for" },
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_counter_corrections_day",
                schema: "cases",
                table: "counter_corrections",
                columns: new[] { "clerk_id", "day" });

            migrationBuilder.CreateIndex(
                name: "ux_counter_corrections_clerk",
                schema: "cases",
                table: "counter_corrections",
                columns: new[] { "case_id", "round", "clerk_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_counter_corrections_once",
                schema: "cases",
                table: "counter_corrections",
                columns: new[] { "case_id", "round" },
                unique: true,
                filter: "confirmed_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_counter_filings_clerk",
                schema: "cases",
                table: "counter_filings",
                columns: new[] { "clerk_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_counter_filings_hand_out",
                schema: "cases",
                table: "counter_filings",
                columns: new[] { "issuing_hall", "id" },
                filter: "ready_at IS NOT NULL AND handed_over_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_counter_filings_today",
                schema: "cases",
                table: "counter_filings",
                columns: new[] { "hall", "day", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_counter_filings_case",
                schema: "cases",
                table: "counter_filings",
                column: "case_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_decisions_case_id_at",
                schema: "cases",
                table: "decisions",
                columns: new[] { "case_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_demo_sms_sent_at",
                schema: "identity",
                table: "demo_sms",
                column: "sent_at");

            migrationBuilder.CreateIndex(
                name: "ix_deregistration_notices_case_id",
                schema: "registration",
                table: "deregistration_notices",
                column: "case_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_deregistration_notices_credit_code",
                schema: "registration",
                table: "deregistration_notices",
                column: "credit_code");

            migrationBuilder.CreateIndex(
                name: "ix_deregistration_notices_name_grams",
                schema: "registration",
                table: "deregistration_notices",
                column: "name_grams")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_deregistration_notices_published_on_id",
                schema: "registration",
                table: "deregistration_notices",
                columns: new[] { "published_on", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_deregistration_notices_open",
                schema: "registration",
                table: "deregistration_notices",
                column: "entity_id",
                unique: true,
                filter: "withdrawn_at IS NULL AND done_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_deregistration_objections_account_id",
                schema: "registration",
                table: "deregistration_objections",
                column: "account_id");

            migrationBuilder.CreateIndex(
                name: "ix_draw_applications_account_id_id",
                schema: "appointments",
                table: "draw_applications",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_draw_applications_case",
                schema: "appointments",
                table: "draw_applications",
                column: "case_id",
                filter: "case_id IS NOT NULL AND state = 'Applied'");

            migrationBuilder.CreateIndex(
                name: "ix_draw_applications_number",
                schema: "appointments",
                table: "draw_applications",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_draw_applications_person_key_request_key",
                schema: "appointments",
                table: "draw_applications",
                columns: new[] { "person_key", "request_key" },
                unique: true,
                filter: "request_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_draw_applications_person_key_service_group_id",
                schema: "appointments",
                table: "draw_applications",
                columns: new[] { "person_key", "service_group", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_draw_applications_person",
                schema: "appointments",
                table: "draw_applications",
                columns: new[] { "release_id", "person_key" },
                unique: true,
                filter: "state <> 'Withdrawn'");

            migrationBuilder.CreateIndex(
                name: "ux_draw_applications_property",
                schema: "appointments",
                table: "draw_applications",
                columns: new[] { "release_id", "property_key" },
                unique: true,
                filter: "state <> 'Withdrawn' AND property_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_draws_closed_at",
                schema: "appointments",
                table: "draws",
                column: "closed_at");

            migrationBuilder.CreateIndex(
                name: "ix_enterprise_agents_accepted_by",
                schema: "identity",
                table: "enterprise_agents",
                column: "accepted_by");

            migrationBuilder.CreateIndex(
                name: "ix_enterprise_agents_enterprise_id",
                schema: "identity",
                table: "enterprise_agents",
                column: "enterprise_id");

            migrationBuilder.CreateIndex(
                name: "ix_enterprise_agents_id_number_hash",
                schema: "identity",
                table: "enterprise_agents",
                column: "id_number_hash");

            migrationBuilder.CreateIndex(
                name: "ix_enterprise_agents_valid_to",
                schema: "identity",
                table: "enterprise_agents",
                column: "valid_to");

            migrationBuilder.CreateIndex(
                name: "ix_enterprises_credit_code",
                schema: "identity",
                table: "enterprises",
                column: "credit_code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_enterprises_legal_representative_hash",
                schema: "identity",
                table: "enterprises",
                column: "legal_representative_hash");

            migrationBuilder.CreateIndex(
                name: "ix_entities_address_key",
                schema: "registration",
                table: "entities",
                column: "address_key");

            migrationBuilder.CreateIndex(
                name: "ix_entities_case_id",
                schema: "registration",
                table: "entities",
                column: "case_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_entities_credit_code",
                schema: "registration",
                table: "entities",
                column: "credit_code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_entities_representative_hash",
                schema: "registration",
                table: "entities",
                column: "representative_hash");

            migrationBuilder.CreateIndex(
                name: "ux_entity_versions_current",
                schema: "registration",
                table: "entity_versions",
                column: "entity_id",
                unique: true,
                filter: "valid_to IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_escalations_at",
                schema: "complaints",
                table: "escalations",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "ix_evaluations_created_at",
                schema: "evaluation",
                table: "evaluations",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ix_events_calls",
                schema: "hall",
                table: "events",
                columns: new[] { "day", "id" },
                filter: "action IN ('Call', 'Recall') AND ticket_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_events_ticket_version",
                schema: "hall",
                table: "events",
                columns: new[] { "ticket_id", "version" },
                unique: true,
                filter: "ticket_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_events_window_version",
                schema: "hall",
                table: "events",
                columns: new[] { "window_number", "version" },
                unique: true,
                filter: "ticket_id IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_exceptions_case_id_number",
                schema: "cases",
                table: "exceptions",
                columns: new[] { "case_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_exceptions_department_id",
                schema: "cases",
                table: "exceptions",
                columns: new[] { "department", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_extensions_complaint_id",
                schema: "complaints",
                table: "extensions",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_extensions_complaint_id1",
                schema: "complaints",
                table: "extensions",
                column: "complaint_id",
                unique: true,
                filter: "granted IS NULL OR granted");

            migrationBuilder.CreateIndex(
                name: "ix_files_complaint",
                schema: "complaints",
                table: "files",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_filing_consents_staff",
                schema: "cases",
                table: "filing_consents",
                columns: new[] { "case_id", "staff_id" });

            migrationBuilder.CreateIndex(
                name: "ux_filing_consents_open",
                schema: "cases",
                table: "filing_consents",
                column: "case_id",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_filings_certificate_no",
                schema: "property",
                table: "filings",
                column: "certificate_no",
                unique: true,
                filter: "certificate_no IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_filings_open",
                schema: "property",
                table: "filings",
                columns: new[] { "unit_key", "service_code" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_firms_officer",
                schema: "enterprise",
                table: "firms",
                columns: new[] { "officer_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_firms_credit_code",
                schema: "enterprise",
                table: "firms",
                column: "credit_code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_imports_imported_at",
                schema: "catalogue",
                table: "imports",
                column: "imported_at");

            migrationBuilder.CreateIndex(
                name: "ix_improvement_tasks_done_at_due_at_id",
                schema: "evaluation",
                table: "improvement_tasks",
                columns: new[] { "done_at", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_improvement_tasks_item_opened_at",
                schema: "evaluation",
                table: "improvement_tasks",
                columns: new[] { "item", "opened_at" });

            migrationBuilder.CreateIndex(
                name: "ux_improvement_tasks_open",
                schema: "evaluation",
                table: "improvement_tasks",
                column: "item",
                unique: true,
                filter: "done_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_invitations_event_id",
                schema: "evaluation",
                table: "invitations",
                column: "event_id");

            migrationBuilder.CreateIndex(
                name: "ix_item_drafts_import_id",
                schema: "catalogue",
                table: "item_drafts",
                column: "import_id");

            migrationBuilder.CreateIndex(
                name: "ix_item_drafts_status_written_at",
                schema: "catalogue",
                table: "item_drafts",
                columns: new[] { "status", "written_at" });

            migrationBuilder.CreateIndex(
                name: "ux_item_drafts_open",
                schema: "catalogue",
                table: "item_drafts",
                column: "code",
                unique: true,
                filter: "status IN ('Draft', 'Submitted', 'Reviewed')");

            migrationBuilder.CreateIndex(
                name: "ix_item_events_code_at",
                schema: "catalogue",
                table: "item_events",
                columns: new[] { "code", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_licence_holders_user_id",
                schema: "licences",
                table: "licence_holders",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_licences_case_id_kind",
                schema: "licences",
                table: "licences",
                columns: new[] { "case_id", "kind" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_licences_identifier",
                schema: "licences",
                table: "licences",
                column: "identifier",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_licences_kind_holder_key_version",
                schema: "licences",
                table: "licences",
                columns: new[] { "kind", "holder_key", "version" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_licences_sha256",
                schema: "licences",
                table: "licences",
                column: "sha256",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_licences_verify_code",
                schema: "licences",
                table: "licences",
                column: "verify_code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_licences_current",
                schema: "licences",
                table: "licences",
                columns: new[] { "kind", "holder_key" },
                unique: true,
                filter: "superseded_by IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_messages_complaint",
                schema: "complaints",
                table: "messages",
                columns: new[] { "complaint_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_names_bigrams",
                schema: "registration",
                table: "names",
                column: "bigrams")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_names_letters",
                schema: "registration",
                table: "names",
                column: "letters");

            migrationBuilder.CreateIndex(
                name: "ix_names_sound",
                schema: "registration",
                table: "names",
                column: "sound");

            migrationBuilder.CreateIndex(
                name: "ux_names_case",
                schema: "registration",
                table: "names",
                column: "case_id",
                unique: true,
                filter: "released_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ux_names_core",
                schema: "registration",
                table: "names",
                columns: new[] { "authority", "kind", "core" },
                unique: true,
                filter: "released_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ux_names_name",
                schema: "registration",
                table: "names",
                columns: new[] { "authority", "kind", "name_key" },
                unique: true,
                filter: "released_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notices_recipient_id_id",
                schema: "notifications",
                table: "notices",
                columns: new[] { "recipient_id", "id" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_notices_recipient_id_key",
                schema: "notifications",
                table: "notices",
                columns: new[] { "recipient_id", "key" },
                unique: true,
                filter: "key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_notices_unread",
                schema: "notifications",
                table: "notices",
                column: "recipient_id",
                filter: "read_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_outbox_waiting",
                schema: "kernel",
                table: "outbox",
                column: "due_at",
                filter: "done_at IS NULL AND given_up_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_paces_last_at",
                schema: "identity",
                table: "paces",
                column: "last_at");

            migrationBuilder.CreateIndex(
                name: "ix_party_orders_backlog",
                schema: "one_thing",
                table: "party_orders",
                columns: new[] { "party", "placed_at" },
                filter: "answered_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_party_orders_case_id",
                schema: "one_thing",
                table: "party_orders",
                column: "case_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_people_person_hash",
                schema: "cases",
                table: "people",
                column: "person_hash");

            migrationBuilder.CreateIndex(
                name: "ix_personal_data_reads_case_id",
                schema: "identity",
                table: "personal_data_reads",
                column: "case_id");

            migrationBuilder.CreateIndex(
                name: "ix_personal_data_reads_subject_account_id_at",
                schema: "identity",
                table: "personal_data_reads",
                columns: new[] { "subject_account_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_problems_firm",
                schema: "enterprise",
                table: "problems",
                columns: new[] { "firm_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_problems_raised",
                schema: "enterprise",
                table: "problems",
                columns: new[] { "raised_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_problems_visit_id",
                schema: "enterprise",
                table: "problems",
                column: "visit_id");

            migrationBuilder.CreateIndex(
                name: "ux_procedures_open",
                schema: "registration",
                table: "procedures",
                column: "entity_id",
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_promises_broken",
                schema: "cases",
                table: "promises",
                column: "person_hash",
                filter: "outcome = 'Broken'");

            migrationBuilder.CreateIndex(
                name: "ix_promises_due",
                schema: "cases",
                table: "promises",
                columns: new[] { "department", "kind", "due_on", "id" },
                filter: "ended_at IS NULL AND due_on IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_promises_next",
                schema: "cases",
                table: "promises",
                columns: new[] { "next_on", "id" },
                filter: "next_on IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_promises_open",
                schema: "cases",
                table: "promises",
                columns: new[] { "case_id", "material_code" },
                unique: true,
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_public_comments_published_at_event_id",
                schema: "evaluation",
                table: "public_comments",
                columns: new[] { "published_at", "event_id" });

            migrationBuilder.CreateIndex(
                name: "ix_rectifications_event_id",
                schema: "evaluation",
                table: "rectifications",
                column: "event_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rectifications_rated",
                schema: "evaluation",
                table: "rectifications",
                columns: new[] { "rated_id", "opened_at", "id" },
                filter: "rated_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rectifications_unit",
                schema: "evaluation",
                table: "rectifications",
                columns: new[] { "unit", "state", "due_at", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_rectifications_work",
                schema: "evaluation",
                table: "rectifications",
                columns: new[] { "state", "due_at", "id" },
                filter: "due_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_releases_service_group_from_day",
                schema: "appointments",
                table: "releases",
                columns: new[] { "service_group", "from_day" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_releases_undecided",
                schema: "appointments",
                table: "releases",
                column: "closes_at",
                filter: "decided_at IS NULL AND closes_at IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_replies_complaint_id",
                schema: "complaints",
                table: "replies",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_replies_complaint_id1",
                schema: "complaints",
                table: "replies",
                column: "complaint_id",
                unique: true,
                filter: "outcome = 'Pending'");

            migrationBuilder.CreateIndex(
                name: "ux_returns_unit",
                schema: "complaints",
                table: "returns",
                columns: new[] { "complaint_id", "unit" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_revisions_case_id_ordinal",
                schema: "cases",
                table: "revisions",
                columns: new[] { "case_id", "ordinal" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_room_entries_release_id_person_key",
                schema: "appointments",
                table: "room_entries",
                columns: new[] { "release_id", "person_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_room_entries_release_id_rank",
                schema: "appointments",
                table: "room_entries",
                columns: new[] { "release_id", "rank" },
                unique: true,
                filter: "rank IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_rule_runs_case_id_at",
                schema: "cases",
                table: "rule_runs",
                columns: new[] { "case_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ux_seal_orders_first_set",
                schema: "registration",
                table: "seal_orders",
                column: "entity_id",
                unique: true,
                filter: "free");

            migrationBuilder.CreateIndex(
                name: "ix_seats_given_back",
                schema: "appointments",
                table: "seats",
                column: "slot_id",
                filter: "appointment_id IS NULL AND pool = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_seats_slot_id_lane",
                schema: "appointments",
                table: "seats",
                columns: new[] { "slot_id", "lane" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_seats_appointment",
                schema: "appointments",
                table: "seats",
                column: "appointment_id",
                unique: true,
                filter: "appointment_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_seizure_look_ups_account_id_at",
                schema: "property",
                table: "seizure_look_ups",
                columns: new[] { "account_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_seizure_look_ups_unit_key_at",
                schema: "property",
                table: "seizure_look_ups",
                columns: new[] { "unit_key", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_service_events_citizen",
                schema: "evaluation",
                table: "service_events",
                columns: new[] { "citizen_id", "ended_at", "id" },
                filter: "citizen_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_service_events_ended",
                schema: "evaluation",
                table: "service_events",
                column: "ended_at");

            migrationBuilder.CreateIndex(
                name: "ix_service_events_item",
                schema: "evaluation",
                table: "service_events",
                columns: new[] { "item", "id" });

            migrationBuilder.CreateIndex(
                name: "ux_service_events_once",
                schema: "evaluation",
                table: "service_events",
                columns: new[] { "kind", "root_ref", "stage" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_service_versions_import_id",
                schema: "catalogue",
                table: "service_versions",
                column: "import_id");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_account_id",
                schema: "identity",
                table: "sessions",
                column: "account_id",
                filter: "ended_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_sessions_expires_at",
                schema: "identity",
                table: "sessions",
                column: "expires_at");

            migrationBuilder.CreateIndex(
                name: "ix_sign_in_codes_created_at",
                schema: "identity",
                table: "sign_in_codes",
                column: "created_at");

            migrationBuilder.CreateIndex(
                name: "ux_sign_in_codes_open",
                schema: "identity",
                table: "sign_in_codes",
                columns: new[] { "phone_hash", "asker_hash" },
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_signatures_case_id_person_hash",
                schema: "cases",
                table: "signatures",
                columns: new[] { "case_id", "person_hash" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_signatures_person_hash",
                schema: "cases",
                table: "signatures",
                column: "person_hash");

            migrationBuilder.CreateIndex(
                name: "ix_slots_release_id",
                schema: "appointments",
                table: "slots",
                column: "release_id");

            migrationBuilder.CreateIndex(
                name: "ix_slots_service_group_starts_at",
                schema: "appointments",
                table: "slots",
                columns: new[] { "service_group", "starts_at" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_slots_zone_starts_at",
                schema: "appointments",
                table: "slots",
                columns: new[] { "zone", "starts_at" });

            migrationBuilder.CreateIndex(
                name: "ix_sms_dispatches_created_at",
                schema: "notifications",
                table: "sms_dispatches",
                column: "created_at",
                filter: "status <> 'Sent'");

            migrationBuilder.CreateIndex(
                name: "ix_sms_dispatches_notice_id",
                schema: "notifications",
                table: "sms_dispatches",
                column: "notice_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_staff_account_changes_account_id_at",
                schema: "identity",
                table: "staff_account_changes",
                columns: new[] { "account_id", "at" });

            migrationBuilder.CreateIndex(
                name: "ix_staff_members_staff_number",
                schema: "identity",
                table: "staff_members",
                column: "staff_number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_supervisions_open",
                schema: "complaints",
                table: "supervisions",
                column: "complaint_id",
                unique: true,
                filter: "closed_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_suspensions_complaint_id",
                schema: "complaints",
                table: "suspensions",
                column: "complaint_id");

            migrationBuilder.CreateIndex(
                name: "ix_suspensions_complaint_id1",
                schema: "complaints",
                table: "suspensions",
                column: "complaint_id",
                unique: true,
                filter: "decided_at IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_suspensions_resume",
                schema: "complaints",
                table: "suspensions",
                column: "resumes_at",
                filter: "resumes_at IS NOT NULL AND \"to\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "ix_suspensions_case_id",
                schema: "registration",
                table: "suspensions",
                column: "case_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_suspensions_entity_id_first_day",
                schema: "registration",
                table: "suspensions",
                columns: new[] { "entity_id", "first_day" });

            migrationBuilder.CreateIndex(
                name: "ix_tickets_code",
                schema: "hall",
                table: "tickets",
                column: "code",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tickets_day_number",
                schema: "hall",
                table: "tickets",
                columns: new[] { "day", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_tickets_history",
                schema: "hall",
                table: "tickets",
                columns: new[] { "group_code", "served_at" },
                filter: "state = 'Done'");

            migrationBuilder.CreateIndex(
                name: "ix_tickets_line",
                schema: "hall",
                table: "tickets",
                columns: new[] { "day", "group_code", "due", "id" },
                filter: "state IN ('Waiting', 'Parked')");

            migrationBuilder.CreateIndex(
                name: "ux_tickets_appointment",
                schema: "hall",
                table: "tickets",
                column: "appointment_id",
                unique: true,
                filter: "appointment_id IS NOT NULL AND state <> 'Voided'");

            migrationBuilder.CreateIndex(
                name: "ux_tickets_one_per_person",
                schema: "hall",
                table: "tickets",
                columns: new[] { "day", "person_hash", "group_code" },
                unique: true,
                filter: "person_hash IS NOT NULL AND state NOT IN ('Done', 'Left', 'Voided', 'Missed')");

            migrationBuilder.CreateIndex(
                name: "ux_tickets_one_per_window",
                schema: "hall",
                table: "tickets",
                columns: new[] { "day", "window_number" },
                unique: true,
                filter: "state IN ('Called', 'Serving')");

            migrationBuilder.CreateIndex(
                name: "ix_user_claims_user_id",
                schema: "identity",
                table: "user_claims",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_logins_user_id",
                schema: "identity",
                table: "user_logins",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "ix_user_passkeys_user_id",
                schema: "identity",
                table: "user_passkeys",
                column: "user_id");

            migrationBuilder.CreateIndex(
                name: "EmailIndex",
                schema: "identity",
                table: "users",
                column: "normalized_email");

            migrationBuilder.CreateIndex(
                name: "UserNameIndex",
                schema: "identity",
                table: "users",
                column: "normalized_user_name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_users_id_number_hash",
                schema: "identity",
                table: "users",
                column: "id_number_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ux_users_phone_hash",
                schema: "identity",
                table: "users",
                column: "phone_hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_visits_firm",
                schema: "enterprise",
                table: "visits",
                columns: new[] { "firm_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_visits_on",
                schema: "enterprise",
                table: "visits",
                column: "on");

            migrationBuilder.CreateIndex(
                name: "ix_waiting_account_id_id",
                schema: "appointments",
                table: "waiting",
                columns: new[] { "account_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_waiting_appointment",
                schema: "appointments",
                table: "waiting",
                column: "appointment_id",
                filter: "appointment_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_waiting_case",
                schema: "appointments",
                table: "waiting",
                column: "case_id",
                filter: "case_id IS NOT NULL AND state IN ('Waiting', 'Offered')");

            migrationBuilder.CreateIndex(
                name: "ix_waiting_line",
                schema: "appointments",
                table: "waiting",
                columns: new[] { "service_group", "id" },
                filter: "state = 'Waiting'");

            migrationBuilder.CreateIndex(
                name: "ix_waiting_person_key_request_key",
                schema: "appointments",
                table: "waiting",
                columns: new[] { "person_key", "request_key" },
                unique: true,
                filter: "request_key IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_waiting_person",
                schema: "appointments",
                table: "waiting",
                columns: new[] { "person_key", "service_group" },
                unique: true,
                filter: "state IN ('Waiting', 'Offered')");

            migrationBuilder.CreateIndex(
                name: "ux_windows_one_per_staff",
                schema: "hall",
                table: "windows",
                column: "staff_id",
                unique: true,
                filter: "staff_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ux_windows_ticket",
                schema: "hall",
                table: "windows",
                column: "ticket_id",
                unique: true,
                filter: "ticket_id IS NOT NULL");

            migrationBuilder.CreateIndex(
                name: "ix_zone_hours_zone_version",
                schema: "appointments",
                table: "zone_hours",
                columns: new[] { "zone", "version" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "admissions",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "applications",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "attachment_bodies",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "bookings",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "bundles",
                schema: "one_thing");

            migrationBuilder.DropTable(
                name: "calls",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "case_helps",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "certificate_counters",
                schema: "property");

            migrationBuilder.DropTable(
                name: "clients",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "clock_segments",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "clocks",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "closures",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "co_handlers",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "cooldowns",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "correction_items",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "counter_codes",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "counter_corrections",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "counter_desks",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "counter_filings",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "credit_code_counters",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "data_protection_keys",
                schema: "kernel");

            migrationBuilder.DropTable(
                name: "decisions",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "demo_sms",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "deregistration_objections",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "draw_applications",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "draws",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "enterprise_agents",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "entity_marks",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "entity_versions",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "escalations",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "evaluations",
                schema: "evaluation");

            migrationBuilder.DropTable(
                name: "events",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "events",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "events",
                schema: "hall");

            migrationBuilder.DropTable(
                name: "extensions",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "favourites",
                schema: "catalogue");

            migrationBuilder.DropTable(
                name: "file_bodies",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "filing_consents",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "filings",
                schema: "property");

            migrationBuilder.DropTable(
                name: "follow_ups",
                schema: "evaluation");

            migrationBuilder.DropTable(
                name: "imports",
                schema: "catalogue");

            migrationBuilder.DropTable(
                name: "improvement_tasks",
                schema: "evaluation");

            migrationBuilder.DropTable(
                name: "invitations",
                schema: "evaluation");

            migrationBuilder.DropTable(
                name: "item_claims",
                schema: "catalogue");

            migrationBuilder.DropTable(
                name: "item_drafts",
                schema: "catalogue");

            migrationBuilder.DropTable(
                name: "item_events",
                schema: "catalogue");

            migrationBuilder.DropTable(
                name: "licence_contents",
                schema: "licences");

            migrationBuilder.DropTable(
                name: "licence_holders",
                schema: "licences");

            migrationBuilder.DropTable(
                name: "messages",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "names",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "notices",
                schema: "notifications");

            migrationBuilder.DropTable(
                name: "outbox",
                schema: "kernel");

            migrationBuilder.DropTable(
                name: "paces",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "party_health",
                schema: "one_thing");

            migrationBuilder.DropTable(
                name: "party_orders",
                schema: "one_thing");

            migrationBuilder.DropTable(
                name: "people",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "personal_data_reads",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "problems",
                schema: "enterprise");

            migrationBuilder.DropTable(
                name: "procedures",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "promises",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "public_comments",
                schema: "evaluation");

            migrationBuilder.DropTable(
                name: "rectification_events",
                schema: "evaluation");

            migrationBuilder.DropTable(
                name: "reference_lists",
                schema: "catalogue");

            migrationBuilder.DropTable(
                name: "replies",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "restricted_persons",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "returns",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "revisions",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "room_entries",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "rule_runs",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "rule_set_versions",
                schema: "catalogue");

            migrationBuilder.DropTable(
                name: "rulebooks",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "rulebooks",
                schema: "evaluation");

            migrationBuilder.DropTable(
                name: "schedule_files",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "seal_certificates",
                schema: "licences");

            migrationBuilder.DropTable(
                name: "seal_orders",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "search_counts",
                schema: "catalogue");

            migrationBuilder.DropTable(
                name: "seats",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "seed_load",
                schema: "kernel");

            migrationBuilder.DropTable(
                name: "seizure_look_ups",
                schema: "property");

            migrationBuilder.DropTable(
                name: "service_scans",
                schema: "catalogue");

            migrationBuilder.DropTable(
                name: "service_versions",
                schema: "catalogue");

            migrationBuilder.DropTable(
                name: "sessions",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "sign_in_codes",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "signature_notices",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "signatures",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "sms_dispatches",
                schema: "notifications");

            migrationBuilder.DropTable(
                name: "staff_account_changes",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "staff_members",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "standings",
                schema: "licences");

            migrationBuilder.DropTable(
                name: "supervisions",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "suspensions",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "suspensions",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "tickets",
                schema: "hall");

            migrationBuilder.DropTable(
                name: "user_claims",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "user_logins",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "user_passkeys",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "user_tokens",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "waiting",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "weekly_quotas",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "windows",
                schema: "hall");

            migrationBuilder.DropTable(
                name: "zone_hours",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "attachments",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "helper_duties",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "exceptions",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "deregistration_notices",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "enterprises",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "files",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "licences",
                schema: "licences");

            migrationBuilder.DropTable(
                name: "visits",
                schema: "enterprise");

            migrationBuilder.DropTable(
                name: "rectifications",
                schema: "evaluation");

            migrationBuilder.DropTable(
                name: "slots",
                schema: "appointments");

            migrationBuilder.DropTable(
                name: "users",
                schema: "identity");

            migrationBuilder.DropTable(
                name: "cases",
                schema: "cases");

            migrationBuilder.DropTable(
                name: "entities",
                schema: "registration");

            migrationBuilder.DropTable(
                name: "complaints",
                schema: "complaints");

            migrationBuilder.DropTable(
                name: "firms",
                schema: "enterprise");

            migrationBuilder.DropTable(
                name: "service_events",
                schema: "evaluation");

            migrationBuilder.DropTable(
                name: "releases",
                schema: "appointments");
        }
    }
}
