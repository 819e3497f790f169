using CsCheck;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.TestKit;

namespace GaoXin.Portal.Tests.Catalogue.Finding;

public sealed class ServiceFilterTests(PortalHost host) : IClassFixture<PortalHost>
{
    private static readonly string?[] Texts = [null, "公司", "登记", "医保", "gjj", "食品", "没有这样的事"];

    [Fact]
    public async Task Every_count_equals_what_is_listed_for_every_combination()
    {
        var combinations = await Combinations();

        await combinations.SampleAsync(async asked =>
        {
            var found = await host.Send(new SearchServices(asked.Text) { Filter = asked.Filter, PageSize = SearchServices.LargestPageSize });
            (await Listed(asked.Text, asked.Filter)).Count.ShouldBe(found.Total);
            foreach (var option in found.Options)
                (await Listed(asked.Text, option.Filter)).Count.ShouldBe(option.Count, $"{asked.Text} {asked.Filter} + {option.Facet} {option.Code}");
        }, iter: 40);
    }

    [Fact]
    public async Task What_is_listed_has_what_was_asked_for()
    {
        var combinations = await Combinations();

        await combinations.SampleAsync(async asked =>
        {
            foreach (var service in await Listed(asked.Text, asked.Filter))
            {
                var definition = (await host.Send(new GetServiceDefinition(service.Code)))!;
                var filter = asked.Filter;
                if (filter.Audience is { } audience)
                    definition.Audiences.ShouldContain(audience);
                if (filter.LifeEvent is { } lifeEvent)
                    definition.LifeEvents.ShouldContain(lifeEvent);
                definition.Theme.ShouldBe(filter.Theme ?? definition.Theme);
                definition.Department.ShouldBe(filter.Department ?? definition.Department);
                definition.Nature.Level.ShouldBe(filter.Level ?? definition.Nature.Level);
                definition.Guide.Visits.ShouldBe((int?)filter.Visits ?? definition.Guide.Visits);
                if (filter.Speed == Speed.Instant)
                    definition.Nature.Handling.ShouldBe(Handling.Instant);
                if (filter.Speed == Speed.WithinThreeDays)
                    definition.Clock.PromisedDays.ShouldBeLessThanOrEqualTo(3);
                if (filter.Online)
                    definition.Pages.ShouldNotBeEmpty();
            }
        }, iter: 20);
    }

    [Fact]
    public async Task Nothing_in_force_falls_out_of_the_levels()
    {
        var all = await host.Send(new SearchServices());

        all.Options.Where(o => o.Facet == Facet.Level).Sum(o => o.Count).ShouldBe(all.Total);
        all.Options.Where(o => o.Facet == Facet.Department).Sum(o => o.Count).ShouldBe(all.Total);
    }

    [Fact]
    public async Task Published_numbers_stand_beside_the_numbers_here()
    {
        var figures = await host.Send(new GetOfficialFigures());

        figures.Select(f => f.Value).ShouldBe([459, 119, 125, 29]);
        foreach (var figure in figures)
        {
            figure.Here.ShouldBe((await Listed(null, figure.Filter)).Count);
            figure.Source.ShouldNotBeEmpty();
            figure.AsOf.ShouldBe(new DateOnly(2023, 12, 15));
        }
    }

    /// <summary>Any of the values there are, and sometimes one there is not.</summary>
    private async Task<Gen<(string? Text, ServiceFilter Filter)>> Combinations()
    {
        var options = (await host.Send(new SearchServices())).Options;
        return Gen.Select(Gen.Int[0, Texts.Length - 1].Select(i => Texts[i]), Values(Facet.Audience), Values(Facet.LifeEvent), Values(Facet.Theme), Values(Facet.Department), Values(Facet.Level), Values(Facet.Place),
            Gen.Select(Values(Facet.Speed), Values(Facet.Visits), Values(Facet.Online)),
            (text, audience, lifeEvent, theme, department, level, place, rest) => (text, new ServiceFilter
            {
                Audience = audience?.Audience,
                LifeEvent = lifeEvent?.LifeEvent,
                Theme = theme?.Theme,
                Department = department?.Department,
                Level = level?.Level,
                Place = place?.Place,
                Speed = rest.Item1?.Speed,
                Visits = rest.Item2?.Visits,
                Online = rest.Item3?.Online == true,
            }));

        // Most often none: combinations of everything list nothing.
        Gen<ServiceFilter?> Values(Facet facet)
        {
            var values = options.Where(o => o.Facet == facet).Select(o => o.Filter).ToList();
            return Gen.Select(Gen.Int[0, 4], Gen.Int[0, values.Count - 1], (die, i) => die < 3 ? null : values[i]);
        }
    }

    /// <summary>Everything listed, page by page.</summary>
    private async Task<IReadOnlyList<FoundService>> Listed(string? text, ServiceFilter filter)
    {
        var listed = new List<FoundService>();
        for (var (page, pages) = (1, 1); page <= pages; page++)
        {
            var found = await host.Send(new SearchServices(text) { Filter = filter, Page = page, PageSize = SearchServices.LargestPageSize });
            listed.AddRange(found.Items);
            pages = found.Pages;
        }

        listed.DistinctBy(s => s.Code).Count().ShouldBe(listed.Count);
        return listed;
    }
}
