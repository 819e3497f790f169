using GaoXin.Portal.Catalogue.Favourites;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Catalogue.Favourites;

public sealed class FavouriteTests(PortalHost host) : IClassFixture<PortalHost>
{
    [Fact]
    public async Task A_guide_kept_many_times_at_once_is_kept_once()
    {
        var citizen = host.As(TestUsers.Citizen());

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => citizen.Send(new KeepFavourite("elder-card"))));

        (await citizen.Send(new GetMyFavourites())).Select(f => f.Code).ShouldBe(["elder-card"]);
    }

    [Fact]
    public async Task Everybody_sees_and_removes_only_their_own()
    {
        var (one, other) = (host.As(TestUsers.Citizen()), host.As(TestUsers.Citizen()));
        await one.Send(new KeepFavourite("elder-card"));

        (await other.Send(new GetMyFavourites())).ShouldBeEmpty();
        await other.Send(new RemoveFavourite("elder-card"));

        (await one.Send(new IsMyFavourite("elder-card"))).ShouldBeTrue();
        await one.Send(new RemoveFavourite("elder-card"));
        (await one.Send(new GetMyFavourites())).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_last_kept_comes_first_and_a_cancelled_item_says_so()
    {
        var citizen = host.As(TestUsers.Citizen());
        var code = await host.InScope(scope => scope.NewItem("elder-card"));
        await citizen.Send(new KeepFavourite("company-setup"));
        host.Clock.Advance(TimeSpan.FromMinutes(1));
        await citizen.Send(new KeepFavourite(code));
        await host.InScope(scope => scope.NextVersion(code, 2, ItemVersions.Cancel("不用办了")));

        (await citizen.Send(new GetMyFavourites())).Select(f => (f.Code, f.Cancelled)).ShouldBe([(code, true), ("company-setup", false)]);
    }

    [Fact]
    public async Task What_is_no_item_is_not_kept() =>
        await Should.ThrowAsync<NotFoundException>(() => host.As(TestUsers.Citizen()).Send(new KeepFavourite("no-such-item")));

    [Fact]
    public async Task The_hundred_and_first_is_refused_with_the_way_out()
    {
        var user = TestUsers.Citizen();
        await host.InDatabase(db => db.Database.ExecuteSqlAsync($"""
            INSERT INTO catalogue.favourites (person_id, service_code, kept_at)
            SELECT {user.Id}, code, now() FROM catalogue.service_versions WHERE version = 1 AND code NOT IN ('elder-card', 'company-setup') LIMIT 99
            """));
        await host.As(user).Send(new KeepFavourite("company-setup"));

        var refused = await Should.ThrowAsync<RefusedException>(() => host.As(user).Send(new KeepFavourite("elder-card")));

        refused.Refusals[0].Code.ShouldBe("favourite.too-many");
        await host.As(user).Send(new KeepFavourite("company-setup"));
    }

    [Fact]
    public async Task Visitors_and_staff_have_no_favourites()
    {
        await Should.ThrowAsync<AccessDeniedException>(() => host.Send(new KeepFavourite("elder-card")));
        await Should.ThrowAsync<AccessDeniedException>(() => host.As(TestUsers.Officer()).Send(new GetMyFavourites()));
    }
}
