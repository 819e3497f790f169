using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Registration;

/// <summary>A post in a company.</summary>
internal enum Post
{
    LegalRepresentative,
    Director,
    Manager,
    Supervisor,
    FinanceHead,
    Liaison,
}

/// <summary>
/// A person in a post as filed; <see cref="Path"/> is the field path before <c>name</c>, <c>idNo</c> and <c>phone</c>.
/// A person chosen from the form (<c>from</c>) was typed elsewhere, so problems belong to the choice.
/// </summary>
internal sealed record Officer(Post Post, string Path, string Name, string? IdNumber, string? Phone, bool IsChosen = false)
{
    public string NumberPath => Path + (IsChosen ? "from" : "idNo");

    public string NamePath => Path + (IsChosen ? "from" : "name");

    public string? Identity
    {
        get
        {
            var number = Text.Compact(IdNumber).ToUpperInvariant();
            return number.Length == 0 ? null : number;
        }
    }
}

/// <summary>Rules across the officers of a limited company (公司法 10, 68, 75, 76, 83, 178).</summary>
internal static class CompanyOfficers
{
    public const int SmallestBoard = 3;
    public const int Adult = 18;

    public static IReadOnlyList<Cases.FieldProblem> Check(IReadOnlyList<Officer> officers, bool noSupervisor, DateOnly on) =>
        [.. Representative(officers), .. Board(officers), .. Supervisors(officers, noSupervisor), .. Ages(officers, on), .. OneNameEach(officers)];

    /// <summary>Supervisors who also lead the company or its finances (公司法 76).</summary>
    public static IEnumerable<(Officer Supervisor, Officer Other)> Conflicts(IReadOnlyList<Officer> officers)
    {
        var executives = officers.Where(o => o.Post is Post.Director or Post.Manager or Post.FinanceHead && o.Identity is not null).ToList();
        foreach (var supervisor in officers.Where(o => o.Post == Post.Supervisor))
        {
            if (executives.FirstOrDefault(e => e.Identity == supervisor.Identity) is { } other)
                yield return (supervisor, other);
        }
    }

    public static string Title(Post post) => post switch
    {
        Post.LegalRepresentative => "法定代表人",
        Post.Director => "董事",
        Post.Manager => "经理",
        Post.Supervisor => "监事",
        Post.FinanceHead => "财务负责人",
        _ => "登记联络员",
    };

    private static IEnumerable<Cases.FieldProblem> Representative(IReadOnlyList<Officer> officers)
    {
        var representative = officers.FirstOrDefault(o => o.Post == Post.LegalRepresentative);
        if (representative?.Identity is null)
            yield break;
        var leaders = officers.Where(o => o.Post is Post.Director or Post.Manager && o.Identity is not null).ToList();
        if (leaders.Count > 0 && leaders.All(o => o.Identity != representative.Identity))
            yield return new(representative.NumberPath, "法定代表人要由董事或者经理担任，请改成其中一位，或者把这个人填为董事或经理");
    }

    private static IEnumerable<Cases.FieldProblem> Board(IReadOnlyList<Officer> officers)
    {
        var directors = officers.Where(o => o.Post == Post.Director).ToList();
        if (directors.Count == 0)
            yield return new("director.from", "请填写董事，可以由法定代表人兼任");
        if (directors.Count is > 1 and < SmallestBoard)
            yield return new(directors[^1].NamePath, "可以只设一位董事；设董事会的，至少要三位董事，请增加或者删除");
    }

    private static IEnumerable<Cases.FieldProblem> Supervisors(IReadOnlyList<Officer> officers, bool noSupervisor)
    {
        var supervisors = officers.Where(o => o.Post == Post.Supervisor).ToList();
        if (supervisors.Count == 0 && !noSupervisor)
            yield return new("supervisor.from", "请填写监事；全体股东同意不设监事的，请在上面选“是”");
        foreach (var (supervisor, other) in Conflicts(officers))
            yield return new(supervisor.NumberPath, $"监事不能由{Title(other.Post)}兼任，请换一个人");
    }

    private static IEnumerable<Cases.FieldProblem> Ages(IReadOnlyList<Officer> officers, DateOnly on)
    {
        foreach (var officer in officers)
        {
            if (!ResidentId.TryParse(officer.IdNumber, out var id))
                continue;
            if (!id.IsPlausibleOn(on))
                yield return new(officer.NumberPath, "身份证号里的出生日期不对，请对照证件再看一遍");
            else if (id.AgeOn(on) < Adult)
                yield return new(officer.NumberPath, $"{Title(officer.Post)}要年满 {Adult} 周岁，请换一个人");
        }
    }

    private static IEnumerable<Cases.FieldProblem> OneNameEach(IReadOnlyList<Officer> officers) =>
        officers.Where(o => o.Identity is not null && o.Name.Length > 0)
            .GroupBy(o => o.Identity)
            .SelectMany(g => g.Where(o => o.Name != g.First().Name))
            .Select(o => new Cases.FieldProblem(o.NamePath, "同一个身份证号填了不同的姓名，请核对"));
}
