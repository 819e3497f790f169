using CsCheck;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Forms;
using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Tests.Cases;

/// <summary>Whatever is typed on whichever page in whichever order, over the real company form.</summary>
public sealed class AnswerPropertyTests(CaseHost host) : IClassFixture<CaseHost>
{
    private static readonly DateOnly Today = new(2026, 11, 23);
    private static readonly string?[] Typed = ["yes", "no", "own", "rent", "park", "100", "0", "-1", "99.99", "person", "enterprise", "other", "r1", "years", "long", "槐叶", "😀", "2026-02-30", "2030-01-01", "", null, "410102199003070027", new string('长', 5000)];

    private static List<(FormPage Page, string Path, FieldUse Use)> Places(ServiceDefinition service) =>
        [.. service.Pages.SelectMany(p => p.Fields.SelectMany(f => f.Element.Type == FieldType.Group
            ? f.Columns.SelectMany(c => new[] { (p, $"{f.Key}/r1/{c.Key}", c), (p, $"{f.Key}/r2/{c.Key}", c) })
            : [(p, f.Key, f)])).Where(x => x.Item3.Computed is null)];

    [Fact]
    public async Task No_answer_is_ever_lost_or_put_elsewhere()
    {
        var service = (await host.Send(new GetServiceDefinition("company-setup"))).ShouldNotBeNull();
        var places = Places(service);
        Gen.Select(Gen.Int[0, places.Count - 1], Gen.Int[0, Typed.Length - 1]).Array[1, 60].Sample(saves =>
        {
            var answers = Answers.Empty;
            IReadOnlyDictionary<string, ValueOrigin> origins = new Dictionary<string, ValueOrigin>();
            var expected = new Dictionary<string, string?>();
            foreach (var (place, value) in saves)
            {
                var (page, path, use) = places[place];
                (answers, var kept) = PageValues.Write(page, answers, origins, new Dictionary<string, string?> { [path] = Typed[value] }, Today, _ => true);
                origins = kept;
                expected[path] = FieldInput.Normalise(use, Typed[value] is { Length: > 4000 } long_ ? long_[..4000] : Typed[value], Today).Value;
                foreach (var (at, wanted) in expected)
                    answers.At(at).ShouldBe(string.IsNullOrEmpty(wanted) ? null : wanted);
            }

            Answers.Parse(answers.ToJson()).Hash().ShouldBe(answers.Hash());
        }, iter: 300);
    }

    [Fact]
    public async Task A_hidden_field_is_never_validated_or_shown_and_comes_back_with_its_value()
    {
        var service = (await host.Send(new GetServiceDefinition("company-setup"))).ShouldNotBeNull();
        var places = Places(service);
        Gen.Select(Gen.Int[0, places.Count - 1], Gen.Int[0, Typed.Length - 1]).Array[1, 60].Sample(saves =>
        {
            var answers = saves.Aggregate(Answers.Empty, (a, s) =>
                PageValues.Write(places[s.Item1].Page, a, new Dictionary<string, ValueOrigin>(), new Dictionary<string, string?> { [places[s.Item1].Path] = Typed[s.Item2] }, Today, _ => true).Answers);
            var form = FormState.Of(service, answers, Today);
            var shown = form.Pages.SelectMany(p => p.Fields).Where(form.Shows).Select(f => f.Key).ToHashSet();
            form.Visible.Values.Keys.ShouldBeSubsetOf(shown);
            form.Visible.Groups.ShouldBeSubsetOf(shown);
            foreach (var problem in form.Pages.SelectMany(form.Problems))
                shown.ShouldContain(problem.Path.Split('/')[0]);
            foreach (var (key, value) in answers.Values)
                form.All[key].ShouldBe(value);
        }, iter: 300);
    }
}
