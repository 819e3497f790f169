using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Registration;

/// <summary>
/// Reads who holds which post. <c>x.from</c> holds the id of a shareholder row, <c>legal-rep</c>, or <c>other</c>; only
/// for the last one name, number and phone are typed.
/// </summary>
internal static class OfficerReader
{
    private const string LegalRepresentative = "legal-rep";
    private const string Other = "other";

    private static readonly (Post Post, string Prefix)[] Posts =
    [
        (Post.LegalRepresentative, "legalRep."), (Post.Director, "director."), (Post.Manager, "manager."),
        (Post.Supervisor, "supervisor."), (Post.FinanceHead, "finance."), (Post.Liaison, "liaison."),
    ];

    public static (IReadOnlyList<Officer> Found, IReadOnlyList<string> Lost) Read(Answers answers, IReadOnlyList<Shareholder> shareholders)
    {
        var found = new List<Officer>();
        var lost = new List<string>();
        foreach (var (post, prefix) in Posts)
        {
            var from = answers[prefix + "from"];
            if (from is null or Other)
                found.AddRange(Typed(post, prefix, answers));
            else if (from == LegalRepresentative)
                found.AddRange(found.Where(o => o.Post == Post.LegalRepresentative).ToList().Select(o => o with { Post = post, Path = prefix, IsChosen = true }));
            else if (shareholders.FirstOrDefault(s => s.RowId == from) is { IsNaturalPerson: true } person)
                found.Add(new Officer(post, prefix, person.Name, person.IdNumber, person.Phone, IsChosen: true));
            else
                lost.Add(prefix + "from");
        }

        return (found, lost);
    }

    private static IEnumerable<Officer> Typed(Post post, string prefix, Answers answers)
    {
        var name = answers[prefix + "name"];
        var number = answers[prefix + "idNo"];
        if (name is not null || number is not null)
            yield return new Officer(post, prefix, name?.Trim() ?? "", number, answers[prefix + "phone"]);
    }
}
