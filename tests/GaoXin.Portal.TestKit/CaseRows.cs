using Npgsql;

namespace GaoXin.Portal.TestKit;

/// <summary>
/// Many submitted cases at once, by SQL, for lists and the benchmark: a tenth is open (overdue, due today and later,
/// some claimed), a fiftieth waits for a correction, the rest is over. Names are invented; two characters of one name in
/// a thousand are rare. The rows satisfy every check constraint and index; they have no answers and cannot be opened.
/// </summary>
public sealed record CaseRows
{
    /// <summary>Two characters that one case in a thousand has in its name.</summary>
    public const string RareName = "麒麟";

    /// <summary>Two characters that every case has in its name.</summary>
    public const string CommonName = "郑州";

    /// <summary>Whose work list.</summary>
    public required string Department { get; init; }

    /// <summary>How many.</summary>
    public required int Count { get; init; }

    /// <summary>The day around which the due days lie.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>An officer who has claimed every twentieth open case.</summary>
    public Guid Officer { get; init; } = Guid.CreateVersion7();

    /// <summary>Inserts the rows in one statement and lets the planner know.</summary>
    public static async Task Insert(PortalDatabase database, CaseRows rows, CancellationToken ct = default)
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(Sql, connection) { CommandTimeout = 1800 };
        foreach (object value in new object[] { rows.Department, rows.Count, rows.Today, rows.Officer })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(ct);
        await using var analyze = new NpgsqlCommand("ANALYZE cases.cases", connection) { CommandTimeout = 600 };
        await analyze.ExecuteNonQueryAsync(ct);
    }

    /// <summary>Ids grow with the time of submission, as version 7 ids do. The numbers are unique but nobody can type them: no check character.</summary>
    private const string Sql = """
        WITH drawn AS (
            SELECT n, n % 100 AS share, n / 100 AS turn, $3::date::timestamptz - interval '1 minute' * ((($2 - n)::bigint * 1051200) / $2) AS at,
                   '郑州' || CASE WHEN n % 1000 = 7 THEN '麒麟' ELSE (ARRAY['槐叶', '梧桐', '青禾', '云岭', '北辰', '星河', '海棠', '松涛', '远山', '晨光', '金穗'])[1 + n % 11] END
                       || (ARRAY['智能', '数据', '传感', '商贸', '餐饮', '文化', '机械', '材料', '软件', '生物', '物流', '建材', '教育'])[1 + n % 13]
                       || (ARRAY['科技', '服务', '发展', '贸易', '实业', '咨询', '工程'])[1 + n % 7] || '有限公司' AS name
            FROM generate_series(1, $2) n),
        placed AS (
            SELECT *, share < 10 AS open, share IN (10, 11) AS waits, md5($1 || ':' || n) AS mix FROM drawn)
        INSERT INTO cases.cases (id, number, service_code, service_version, service_title, handler, department, applicant_id, state, return_to, outcome,
            referred, decided_automatically, green_channel, subject, subject_grams, created_at, submitted_at, accepted_at, decided_at, closed_at, draft_kept_until,
            claimed_by, claimed_at, correction_rounds, waits_for, due_on, calendar_version, event_count, event_head)
        SELECT (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || substr(mix, 1, 3) || '8' || substr(mix, 4, 15))::uuid,
            'GX' || substr(translate(md5($1), 'abcdef', '123456'), 1, 6) || lpad(n::text, 8, '0') || 'A', 'company-setup', 1, '公司设立登记', 'generic', $1, md5('applicant' || n / 3)::uuid,
            CASE WHEN open THEN (ARRAY['Submitted', 'Accepted', 'InReview'])[1 + turn % 3] WHEN waits THEN 'CorrectionRequested' ELSE 'Closed' END,
            CASE WHEN waits THEN 'InReview' END,
            CASE WHEN open OR waits THEN NULL WHEN share = 99 THEN 'Refused' ELSE 'Approved' END,
            open OR waits OR share > 70, NOT (open OR waits OR share > 70), n % 300 = 107,
            name, ARRAY(SELECT DISTINCT substr(name, i, 2) FROM generate_series(1, length(name) - 1) i), at, at,
            CASE WHEN NOT open OR turn % 3 > 0 THEN at END, CASE WHEN NOT (open OR waits) THEN at END, CASE WHEN NOT (open OR waits) THEN at END, $3::date,
            CASE WHEN open AND turn % 20 = 3 THEN $4 END, CASE WHEN open AND turn % 20 = 3 THEN at END, CASE WHEN waits THEN 1 ELSE 0 END, '{}',
            CASE WHEN NOT open THEN NULL WHEN turn % 10 = 0 THEN $3::date - (1 + turn % 20) WHEN turn % 10 = 1 THEN $3::date ELSE $3::date + (1 + turn % 30) END,
            'generated', 0, ''::bytea
        FROM placed
        """;
}
