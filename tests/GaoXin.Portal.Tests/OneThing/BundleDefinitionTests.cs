using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Catalogue.Bundles;
using GaoXin.Portal.Catalogue.Definitions;
using GaoXin.Portal.Persistence.Seeds;
using GaoXin.Portal.Tests.Catalogue;

namespace GaoXin.Portal.Tests.OneThing;

/// <summary>Every delivered bundle, composed from the files: what it asks, what it saves, and what the check refuses.</summary>
public sealed class BundleDefinitionTests
{
    private static readonly DateOnly Day = new(2026, 11, 27);
    private static readonly Lazy<(IReadOnlyList<ServiceDefinition> Bundles, IReadOnlyDictionary<(string, int), ServiceDefinition> Services)> Seeds = new(Read);

    public static TheoryData<string> Codes => [.. Seeds.Value.Bundles.Select(b => b.Code).Distinct()];

    private static (IReadOnlyList<ServiceDefinition>, IReadOnlyDictionary<(string, int), ServiceDefinition>) Read()
    {
        var set = SeedsFolder.Reader(null).Read(new SeedFaults(), CancellationToken.None).GetAwaiter().GetResult();
        var dictionary = set.Once(DefinedDictionary.Of);
        ServiceDefinition One(SeedNode root)
        {
            var content = ServiceSeeds.Standalone(root, dictionary).ToJson();
            return ServiceReader.FromStored(content, SeedNode.HashOf(content));
        }

        return ([.. set.Of(BundleSeeds.KindName).Select(f => One(BundleSeeds.Composed(set, f.Root)))],
            set.Of(ServiceSeeds.KindName).Select(f => One(f.Root)).ToDictionary(s => (s.Code, s.Version)));
    }

    private static ServiceDefinition Of(string code) => Seeds.Value.Bundles.Where(b => b.Code == code).MaxBy(b => b.Version)!;

    private static ServiceDefinition Service(BundleMember member) => Seeds.Value.Services[(member.Service, member.Version)];

    /// <summary>Every set of members that answers can choose: each with and without those that are not required.</summary>
    private static IEnumerable<List<BundleMember>> Choices(BundleDefinition bundle)
    {
        var free = bundle.Members.Where(m => m.When is not null).ToList();
        for (var bits = 0; bits < 1 << free.Count; bits++)
            yield return [.. bundle.Members.Where(m => m.When is null || (bits >> free.IndexOf(m) & 1) == 1)];
    }

    [Fact]
    public void Ten_bundles_are_delivered() => Seeds.Value.Bundles.Count.ShouldBeGreaterThanOrEqualTo(10);

    [Theory]
    [MemberData(nameof(Codes))]
    public void No_key_and_no_material_is_asked_twice(string code)
    {
        var bundle = Of(code);

        bundle.AllFields().Select(f => f.Key).ShouldBeUnique();
        bundle.Materials.Select(m => m.Code).ShouldBeUnique();
        bundle.Pages.SelectMany(p => p.Materials).ShouldBeUnique();
        bundle.Pages.Select(p => p.Id).ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Every_member_field_is_asked_in_the_merged_form_or_filled(string code)
    {
        var bundle = Of(code);
        var asked = bundle.AllFields().Select(f => f.Key).ToHashSet();

        foreach (var member in bundle.Bundle!.Members)
        {
            foreach (var key in Service(member).AllFields().Where(f => !member.Fill.ContainsKey(f.Key)).Select(f => f.Key))
                asked.ShouldContain(key, $"{code}/{member.Code}");
            foreach (var material in Service(member).Materials.Where(m => m.IsBrought))
                bundle.Pages.SelectMany(p => p.Materials).ShouldContain(member.Materials[material.Code], $"{code}/{member.Code}");
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void The_merge_table_equals_a_recomputation_for_every_choice(string code)
    {
        var bundle = Of(code).Bundle!;

        foreach (var chosen in Choices(bundle))
        {
            var comparison = bundle.Compare(chosen);
            var services = chosen.Select(m => (Member: m, Service: Service(m))).ToList();
            var typed = services.Select(s => (s.Member, Keys: s.Service.AllFields().Where(f => f.Computed is null && f.Element.Type != FieldType.Group).Select(f => f.Key).ToList())).ToList();
            comparison.Before.Fields.ShouldBe(typed.Sum(t => t.Keys.Count));
            comparison.After.Fields.ShouldBe(typed.SelectMany(t => t.Keys.Where(k => !t.Member.Fill.ContainsKey(k))).Concat(bundle.Questions).Distinct().Count());
            comparison.Before.Materials.ShouldBe(services.Sum(s => s.Service.Materials.Count(m => m.Necessity != Necessity.Optional)));
            comparison.After.Materials.ShouldBe(services.SelectMany(s => s.Service.Materials.Where(m => m is { IsBrought: true, Necessity: not Necessity.Optional }).Select(m => s.Member.Materials[m.Code])).Distinct().Count());
            comparison.After.Days.ShouldBe(services.Select(s => PathTo(s.Member, chosen)).DefaultIfEmpty(0).Max());
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Filing_all_of_it_as_one_saves_fields_days_and_visits(string code)
    {
        var bundle = Of(code).Bundle!;
        var (before, after) = bundle.Compare([.. bundle.Members]);

        TestContext.Current.TestOutputHelper?.WriteLine($"{Of(code).Title}: fields {before.Fields} -> {after.Fields}, materials {before.Materials} -> {after.Materials}, visits {before.Visits} -> {after.Visits}, days {before.Days} -> {after.Days}");
        after.Fields.ShouldBeLessThan(before.Fields);
        after.Materials.ShouldBeLessThanOrEqualTo(before.Materials);
        after.Visits.ShouldBeLessThan(before.Visits);
        after.Days.ShouldBeLessThan(before.Days);
        Of(code).Clock.PromisedDays.ShouldBeGreaterThanOrEqualTo(after.Days);
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Members_come_after_their_predecessors_and_no_one_waits_for_itself(string code)
    {
        var seen = new HashSet<string>();

        foreach (var member in Of(code).Bundle!.Members)
        {
            seen.IsSupersetOf(member.After).ShouldBeTrue(member.Code);
            seen.Add(member.Code);
        }
    }

    [Fact]
    public void A_small_restaurant_is_not_asked_about_fire()
    {
        var bundle = Of("open-restaurant");

        Chosen("80").ShouldBe(["food"]);
        Chosen("300").ShouldBe(["food", "fire"]);

        IEnumerable<string> Chosen(string area) =>
            bundle.Bundle!.Chosen(Facts.Of(bundle, Answers.Empty.With("restaurant.area", area).With("restaurant.sign", "no"), Day)).Select(m => m.Code);
    }

    [Theory]
    [InlineData("    after: [land]\n    prereview: true\n    promised_days: 1\n    fill:", "    prereview: true\n    promised_days: 1\n    fill:", "Nothing comes before this member")]
    [InlineData("landCertificateNo: land.number", "landCertificateNo: result.land.number", "The result is not there yet")]
    public async Task What_is_looked_at_beforehand_rests_on_nothing_that_is_not_there(string old, string replacement, string message)
    {
        using var seeds = new SeedsFolder();
        seeds.Replace("bundles/land-to-start/1.yaml", old, replacement);

        (await seeds.Check()).ShouldContain(f => f.File == "seeds/bundles/land-to-start/1.yaml" && f.Line > 1 && f.Message.Contains(message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("    need: required\n    before: {visits: 2, days: 3}", "    need: required\n    after: [bank]\n    before: {visits: 2, days: 3}", "waits for itself")]
    [InlineData("    after: [licence]", "    after: [licens]", "There is no member \"licens\"")]
    [InlineData("result.licence.holder", "result.tax.holder", "is no predecessor")]
    [InlineData("result.licence.number", "result.licence.colour", "has no part")]
    [InlineData("company.premises.address", "company.premises.adress", "No form asks")]
    [InlineData("service: seal-filing\n    version: 2", "service: seal-filing\n    version: 1", "can not be filed online")]
    [InlineData("service: seal-filing\n    version: 2", "service: seal-filing\n    version: 9", "There is no version 9")]
    [InlineData("    when: {eq: [seals.wanted, yes]}\n", "", "A required member has no when:")]
    [InlineData("code: fund", "code: bank", "is there twice")]
    public async Task A_broken_bundle_is_refused_with_the_place(string old, string replacement, string message)
    {
        using var seeds = new SeedsFolder();
        seeds.Replace("bundles/open-company-one-thing/1.yaml", old, replacement);

        (await seeds.Check()).ShouldContain(f => f.File == "seeds/bundles/open-company-one-thing/1.yaml" && f.Line > 1 && f.Message.Contains(message, StringComparison.Ordinal));
    }

    /// <summary>The day on which a member ends: after its predecessors, or beside them when it is looked at beforehand.</summary>
    private static int PathTo(BundleMember member, List<BundleMember> chosen)
    {
        var before = member.After.Select(a => chosen.FirstOrDefault(c => c.Code == a)).OfType<BundleMember>().Select(p => PathTo(p, chosen)).DefaultIfEmpty(0).Max();
        return member.PreReview ? Math.Max(before, member.Days) : before + member.Days;
    }
}
