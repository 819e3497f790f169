namespace GaoXin.Portal.Tests.Catalogue;

/// <summary>Faults seeded into a copy of the delivered definitions: each is refused with file, line and fix.</summary>
public sealed class SeedFaultTests
{
    private const string Company = "services/company-setup/1.yaml";
    private const string Elder = "services/elder-card/1.yaml";
    private const string Works = "services/works-filing/1.yaml";
    private const string Words = "dictionary/company.yaml";
    private const string Person = "dictionary/person.yaml";
    private const string Zones = "reference/zones.yaml";
    private const string Rules = "rules/elder-card/1.yaml";
    private const string Groups = "schedules/groups.yaml";
    private const string Hours = "schedules/hours/general-1.yaml";
    private const string Ratings = "evaluation/limits.yaml";

    /// <summary>Name, file, text to replace, replacement, lines below the start of the replaced text, part of the message.</summary>
    public static TheoryData<string, string, string, string, int, string> Faults => new()
    {
        { "broken YAML", Elder, "title: 老年人优待证办理", "title: [老年人", -999, "This is not YAML" },
        { "more days that are not more", Ratings, "long_fix_days: 15", "long_fix_days: 5", 0, "With a reason there would be no more time than without" },
        { "a reason for ratings twice", Ratings, "code: speed", "code: attitude", 0, "The reason \"attitude\" is written twice" },
        { "a key twice in a block", Elder, "theme: elders", "theme: elders\ntheme: elders", 1, "is written twice in the same block" },
        { "a key the schema lacks", Elder, "theme: elders", "theme: elders\ncolour: red", 0, "\"colour\" is not known here" },
        { "a missing key", Elder, "summary: 满", "subtitle: 满", 0, "\"summary\" is missing" },
        { "an unknown type", Words, "type: trade-name", "type: trade-nam", 0, "did you mean \"trade-name\"" },
        { "an unknown element", Elder, "key: elder.delivery", "key: elder.delivry", 0, "The dictionary has no element \"elder.delivry\". Fix: did you mean \"elder.delivery\"?" },
        { "an element twice", Person, "key: person.phone", "key: person.name", 0, "is defined twice" },
        { "a field twice in a form", Elder, "key: person.address", "key: person.phone", 0, "is asked twice" },
        { "a single field used as a group", Works, "key: workers", "key: company.capital", 0, "is of type Money but used as a group" },
        { "a key repeated here and single there", Works, "key: employer.name", "key: shareholder.name", 0, "is a single field here and a column of shareholders in" },
        { "prefill of another type", Elder, "prefill: {source: account, lock: editable}", "prefill: {source: account, lock: editable, from: person.idNo}", 0, "is of type ResidentId" },
        { "a circle of conditions", Company, "key: company.termYears\n        required: true\n        visible_if: {eq: [company.term, years]}",
            "key: company.termYears\n        visible_if: {eq: [company.capital, 1]}\n      - key: person.address\n        visible_if: {present: person.phone}\n      - key: person.phone\n        visible_if: {present: person.address}", 2, "turn in a circle" },
        { "a page nobody reaches", Elder, "- id: delivery", "- id: delivery\n    visible_if: {eq: [elder.delivery, post]}", 1, "nobody reaches it" },
        { "a page that contradicts itself", Company, "- id: seals", "- id: seals\n    visible_if: {all: [{eq: [company.term, long]}, {eq: [company.term, years]}]}", 1, "nobody reaches it" },
        { "a required field that can not show", Elder, "visible_if: {eq: [elder.delivery, post]}", "visible_if: {all: [{eq: [elder.delivery, post]}, {eq: [elder.delivery, electronic]}]}", -2, "required but can never show" },
        { "a choice that is not there", Elder, "visible_if: {eq: [elder.delivery, post]}", "visible_if: {eq: [elder.delivery, pots]}", 0, "did you mean \"post\"" },
        { "a condition over a field of another form", Elder, "visible_if: {eq: [elder.delivery, post]}", "visible_if: {eq: [company.term, long]}", 0, "which this form does not ask" },
        { "order over text", Elder, "visible_if: {eq: [elder.delivery, post]}", "visible_if: {gt: [person.name, 5]}", 0, "has no order" },
        { "an unknown operator", Elder, "visible_if: {eq: [elder.delivery, post]}", "visible_if: {equal: [elder.delivery, post]}", 0, "There is no operator \"equal\"" },
        { "too few operands", Elder, "visible_if: {eq: [elder.delivery, post]}", "visible_if: {eq: [elder.delivery]}", 0, "has 1 operands" },
        { "an unknown department", Elder, "department: civil-affairs", "department: civil-affair", 0, "did you mean \"civil-affairs\"" },
        { "an unknown theme", Elder, "theme: elders", "theme: elder", 0, "did you mean \"elders\"" },
        { "an unknown handler", Elder, "handler: generic", "handler: genric", 0, "There is no handler \"genric\"" },
        { "an unknown rule set", Elder, "rule_set: elder-card", "rule_set: elder-cards", 0, "There is no rule set" },
        { "a rule over an unknown fact", Rules, "person.birthDate", "person.birthday", 0, "neither a fact of the handler nor a field of the form" },
        { "a rule that blocks without a fix", Rules, "otherwise: refer", "otherwise: fail", -3, "blocks the applicant without saying what to do" },
        { "a message that shows what its rule does not read", Rules, "按出生日期还", "按出生日期 {person.age} 还", 0, "shows person.age, which the rule does not read" },
        { "a page with an unknown material", Company, "materials: [domicile-proof]", "materials: [domicile-prof, domicile-proof]", 0, "did you mean \"domicile-proof\"" },
        { "a material nobody can upload", Company, "    materials: [domicile-proof]\n", "", -999, "can not be uploaded on any page" },
        { "a service without an end", Elder, "result: {kind: elder-card, title: 老年人优待证}", "", -999, "has no end" },
        { "a promise longer than the law", Company, "promised_days: 0", "promised_days: 4", 0, "4 promised days are more than the 3 of the law" },
        { "steps longer than the law", Company, "result: {kind", "process: [{stage: review, days: 4}]\n\nresult: {kind", 0, "The steps take 4 days" },
        { "a fee without its basis", Elder, "theme: elders", "theme: elders\nfee: {charged: true, standard: 10 元}", 1, "A fee needs its standard and its basis" },
        { "an unknown kind of item", Elder, "kind: public-service", "kind: public-servce", 0, "did you mean \"public-service\"" },
        { "an unknown joint department", Elder, "  handling: instant", "  handling: instant\n  joint_departments: [healt]", 1, "did you mean \"health\"" },
        { "an unknown place", Elder, "theme: elders", "theme: elders\nplaces: [{place: hal}]", 1, "There is no place \"hal\"" },
        { "an unknown life event", Elder, "life_events: [elders]", "life_events: [elder]", 0, "There is no life event \"elder\"" },
        { "two lists of what is asked", Elder, "theme: elders", "theme: elders\nform_fields: [{name: 姓名, source: ID}]", 1, "two lists of what is asked" },
        { "a cancelled item that leads nowhere", Elder, "theme: elders", "theme: elders\ncancelled: {on: 2026-01-01, reason: 合并, basis: 通知, redirect: elder-crd}", 1, "There is no item \"elder-crd\"" },
        { "a place in no division", "reference/places.yaml", "division: '410172'", "division: '410179'", 0, "There is no division 410179" },
        { "a department that decides in no place", "reference/departments.yaml", "hall: wutong", "hall: wutung", 0, "There is no place \"wutung\"" },
        { "a booking group in no zone", Groups, "zone: exit-entry", "zone: exit-entri", 0, "did you mean \"exit-entry\"" },
        { "zones without hours", Groups, "usual_hours: general", "usual_hours: generel", 0, "did you mean \"general\"" },
        { "an unknown item in a booking group", Groups, "code: passport", "code: pasport", 0, "did you mean \"passport\"" },
        { "an item in two booking groups", Groups, "code: passport", "code: residence-permit", 0, "stands here twice" },
        { "an item that can not be booked", Groups, "code: passport", "code: estate-query", 0, "does not say that it can be booked" },
        { "opening hours that overlap", Hours, "from: '13:30'", "from: '11:30'", 0, "begins before the one above ends" },
        { "opening hours under another name", Hours, "version: 1", "version: 2", -1, "The file name does not say general-2" },
        { "a quota of a week that begins on a Tuesday", "schedules/rules.yaml", "week: 2026-10-05", "week: 2026-10-06", 0, "is not a Monday" },
        { "a zone's letter twice", Zones, "letter: B", "letter: A", 0, "The letter \"A\" is used twice in the hall" },
        { "a window number twice", Zones, "{number: 2, skills: [guidance]}", "{number: 1, skills: [guidance]}", 0, "The window \"1\" is used twice" },
        { "a window for an unknown group", Zones, "{number: 2, skills: [guidance]}", "{number: 2, skills: [guidanc]}", 0, "did you mean \"guidance\"" },
        { "a group without a window", Zones, "{number: 4, skills: [cannot-be-done]}", "{number: 4, skills: [guidance]}", -8, "No window handles \"cannot-be-done\"" },
        { "a department without a group", Zones, "departments: [taxation]", "departments: []", -999, "The department \"taxation\" belongs to no group" },
        { "a group for an unknown item", Zones, "- passport", "- pasport", 0, "There is no item \"pasport\"" },
        { "a template that is not there", Elder, "theme: elders", "theme: elders\ntemplates: {approved: no-such-template}", 1, "There is no template" },
        { "a version under another name", Elder, "version: 1", "version: 2", 0, "The file name says version 1" },
        { "a holiday of another year", "calendars/2026.yaml", "- 2026-01-02", "- 2027-01-02", 0, "is not in 2026" },
        { "a make-up day in the week", "calendars/2026.yaml", "- 2026-01-04", "- 2026-01-05", 0, "works anyway" },
        { "a broken pattern", Words, "pattern: '^", "pattern: '^(", 0, "is not a regular expression" },
        { "a computed field that is typed", Company, "- key: company.name.full", "- key: company.name.full\n        required: true", 3, "neither typed nor prefilled" },
    };

    /// <summary>The handlers that the delivered services name, without their facts.</summary>
    private static PublishedFacts[] Handlers { get; } =
    [
        .. SeedFiles.Services.Select(s => s.Content.Split('\n').First(l => l.StartsWith("handler: ", StringComparison.Ordinal))["handler: ".Length..])
            .Where(h => h is not ("generic" or "one-thing")).Distinct().Select(h => new PublishedFacts(h)),
    ];

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_fault_is_refused_with_file_line_and_fix(string fault, string file, string old, string replacement, int below, string message)
    {
        using var seeds = new SeedsFolder();
        var line = seeds.Replace(file, old, replacement) + below;

        var found = await seeds.Check(Handlers);

        // A bundle repeats the faults of its members: the member's own file counts.
        var match = found.Where(f => f.ToString().Contains(message, StringComparison.Ordinal)).OrderBy(f => f.File == "seeds/" + file ? 0 : 1).FirstOrDefault();
        match.ShouldNotBeNull($"{fault}: {string.Join('\n', found)}");
        match.File.ShouldBe("seeds/" + file);
        if (below > -900 && !message.Contains("is missing", StringComparison.Ordinal) && !message.Contains("not known here", StringComparison.Ordinal))
            match.Line.ShouldBe(line, match.ToString());
        match.Line.ShouldBeGreaterThan(0);
        match.ToString().ShouldContain(". Fix: ");
        match.Fix.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public async Task A_template_token_that_the_form_lacks_is_refused()
    {
        using var seeds = new SeedsFolder();
        seeds.Write("templates/elder-approved.liquid", "您好\n{{ form[\"person.nam\"] }}\n");
        seeds.Replace(Elder, "theme: elders", "theme: elders\ntemplates: {approved: elder-approved}");

        var found = await seeds.Check();

        found.ShouldHaveSingleItem().ToString().ShouldBe(
            "seeds/templates/elder-approved.liquid:2: The form of \"elder-card\" has no field \"person.nam\". Fix: did you mean \"person.name\"?");
    }
}
