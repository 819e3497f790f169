using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Cases.Prefill;

/// <summary>
/// Fills the empty fields of pages that the definition derives from other answers (source <c>derived</c>), once: a value
/// the person emptied or changed is not filled again. Pure.
/// </summary>
internal static class DerivedValues
{
    private const string Title = "系统按您的情况";

    public static (Answers Answers, Dictionary<string, ValueOrigin> Origins) Fill(
        ServiceDefinition service, IEnumerable<FormPage> pages, Answers answers, IReadOnlyDictionary<string, ValueOrigin> origins, DateTimeOffset now)
    {
        var kept = new Dictionary<string, ValueOrigin>(origins);
        var today = Kernel.ChinaTime.Day(now);
        foreach (var use in pages.SelectMany(p => p.Fields))
        {
            if (use.Element.Type != FieldType.Group)
            {
                if (IsDerived(use))
                    answers = One(use, use.Key, answers, kept, Facts.Of(service, answers, today), now);
                continue;
            }

            foreach (var id in answers.Rows(use.Key).Select(r => r.Id).ToList())
                foreach (var column in use.Columns.Where(IsDerived))
                {
                    var facts = Facts.OfRow(service, answers, answers.Rows(use.Key).First(r => r.Id == id), today);
                    answers = One(column, $"{use.Key}/{id}/{column.Key}", answers, kept, facts, now);
                }
        }

        return (answers, kept);
    }

    private static bool IsDerived(FieldUse use) => use.Prefill is { Source: Catalogue.Prefill.Derived, Value: not null };

    private static Answers One(FieldUse use, string path, Answers answers, Dictionary<string, ValueOrigin> origins, IFacts facts, DateTimeOffset now)
    {
        if (origins.ContainsKey(path) || answers.At(path) is not null)
            return answers;
        if (Facts.ToAnswer(use.Prefill!.Value!.Evaluate(facts)) is not { Length: > 0 } text)
            return answers;
        origins[path] = new ValueOrigin(Catalogue.Prefill.Derived, Title, now, use.Prefill.Lock);
        return answers.WithAt(path, text);
    }
}
