using FluentValidation;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Notifications;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace GaoXin.Portal.Tests.Notifications;

/// <summary>Notices on a real database; only the gateway and the look-up of a phone number are played.</summary>
public sealed class NoticesTests(NoticesTests.World world) : IClassFixture<NoticesTests.World>
{
    [Fact]
    public async Task A_notice_is_in_the_inbox_and_leaves_once_as_a_short_message_with_the_same_words()
    {
        var citizen = world.Citizen();

        await Send(citizen);
        await world.DrainOutbox();
        await world.DrainOutbox();

        var notice = (await Inbox(citizen)).Items.ShouldHaveSingleItem();
        notice.Title.ShouldBe("申请已提交");
        notice.IsRead.ShouldBeFalse();
        var sms = world.Gateway.To(citizen).ShouldHaveSingleItem();
        sms.Text.ShouldBe("【高新区政务】" + notice.Text);
        (await Dispatch(citizen)).Status.ShouldBe(SmsStatus.Sent);
    }

    [Fact]
    public async Task Neither_the_outbox_nor_the_dispatch_holds_the_phone_number()
    {
        var citizen = world.Citizen();

        await Send(citizen);

        var dispatch = await Dispatch(citizen);
        var payload = await world.Database.ScalarAsync<string>("SELECT payload::text FROM kernel.outbox WHERE payload::text LIKE '%' || $1 || '%'", dispatch.Id.ToString());
        payload.ShouldNotBeNull().ShouldNotContain(World.PhoneOf(citizen));
        PersonalNumbers.AreIn(dispatch.Text).ShouldBeFalse();
    }

    [Fact]
    public async Task A_failing_gateway_is_tried_again_later_and_the_sender_never_notices()
    {
        var citizen = world.Citizen();
        world.Gateway.FailFor(citizen, times: 2);

        await Send(citizen);
        await world.DrainOutbox(failuresAreWanted: true);
        (await Dispatch(citizen)).ShouldSatisfyAllConditions(
            d => d.Status.ShouldBe(SmsStatus.Waiting), d => d.Attempts.ShouldBe(1), d => d.LastError.ShouldBe(nameof(HttpRequestException)));
        await DrainAfterAnHour();
        await DrainAfterAnHour();

        world.Gateway.To(citizen).Count.ShouldBe(1);
        (await Dispatch(citizen)).ShouldSatisfyAllConditions(
            d => d.Status.ShouldBe(SmsStatus.Sent), d => d.Attempts.ShouldBe(3), d => d.LastError.ShouldBeNull());
    }

    [Fact]
    public async Task When_the_tries_are_used_up_the_message_is_failed_and_the_health_check_says_so()
    {
        await using var own = new World();
        await own.InitializeAsync();
        var citizen = own.Citizen();
        own.Gateway.FailFor(citizen, times: int.MaxValue);

        await own.InScope(services => services.GetRequiredService<MediatR.IMediator>().Send(About(citizen)));
        for (var i = 0; i < Outbox.MaximumAttempts; i++)
        {
            await own.DrainOutbox(failuresAreWanted: true);
            own.Clock.Advance(TimeSpan.FromHours(2));
        }

        (await own.InDatabase(db => db.SmsDispatches.SingleAsync())).Status.ShouldBe(SmsStatus.Failed);
        var health = await own.InScope(s => new OutboxHealthCheck(s.GetRequiredService<PortalDbContext>()).CheckHealthAsync(new()));
        health.Status.ShouldBe(HealthStatus.Degraded);
    }

    [Fact]
    public async Task Staff_without_a_number_get_the_inbox_entry_only()
    {
        var staff = world.Citizen(hasPhone: false);

        await Send(staff);
        await world.DrainOutbox();

        (await Dispatch(staff)).Status.ShouldBe(SmsStatus.NoPhone);
        (await Inbox(staff)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_same_fact_is_told_once()
    {
        var citizen = world.Citizen();

        await Send(citizen, About(citizen) with { Key = "submitted/1" });
        await Send(citizen, About(citizen) with { Key = "submitted/1" });

        (await Inbox(citizen)).Items.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_notice_is_stored_or_dropped_with_the_change_it_tells_about()
    {
        var citizen = world.Citizen();

        await world.InScope(async services =>
        {
            var db = services.GetRequiredService<PortalDbContext>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await services.GetRequiredService<INotices>().Send(About(citizen), CancellationToken.None);
            await db.SaveChangesAsync();
            await transaction.RollbackAsync();
        });

        (await Inbox(citizen)).Items.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("张三 13800000000", "/cases")]
    [InlineData("00000019900101123X", "/cases")]
    [InlineData("企业设立", "https://elsewhere.example")]
    [InlineData("企业设立", "//elsewhere.example")]
    public async Task Personal_data_and_foreign_links_are_refused(string service, string link)
    {
        var citizen = world.Citizen();
        var values = new Dictionary<string, string> { [NoticeToken.Service] = service, [NoticeToken.Number] = "GX-1" };

        await Should.ThrowAsync<ValidationException>(() => Send(citizen, About(citizen) with { Values = values, Link = link }));
    }

    [Fact]
    public async Task Only_the_portal_itself_sends_notices() =>
        await Should.ThrowAsync<AccessDeniedException>(() => world.As(world.Citizen()).Send(About(world.Citizen())));

    [Fact]
    public async Task Reading_lowers_the_count_and_answers_the_link_and_another_persons_notice_is_not_found()
    {
        var citizen = world.Citizen();
        await Send(citizen);
        await Send(citizen);
        var id = (await Inbox(citizen)).Items[0].Id;
        (await world.As(citizen).Send(new CountUnreadNotices())).ShouldBe(2);

        (await world.As(citizen).Send(new MarkNoticeRead(id))).ShouldBe("/cases");
        await Should.ThrowAsync<NotFoundException>(() => world.As(world.Citizen()).Send(new MarkNoticeRead(id)));

        (await world.As(citizen).Send(new CountUnreadNotices())).ShouldBe(1);
        await world.As(citizen).Send(new MarkAllNoticesRead());
        (await world.As(citizen).Send(new CountUnreadNotices())).ShouldBe(0);
    }

    [Fact]
    public async Task The_inbox_is_paged_newest_first_without_a_gap_or_a_repetition()
    {
        var citizen = world.Citizen();
        for (var i = 0; i < 45; i++)
            await Send(citizen, About(citizen) with { Channels = NoticeChannels.Inbox });
        var seen = new List<Guid>();
        string? after = null;
        do
        {
            var page = await world.As(citizen).Send(new GetMyNotices(after));
            seen.AddRange(page.Items.Select(n => n.Id));
            after = page.Next;
        }
        while (after is not null);

        seen.Count.ShouldBe(45);
        seen.ShouldBe(seen.Distinct().OrderDescending());
    }

    [Fact]
    public async Task The_keys_of_cookies_are_shared_through_the_database_and_unreadable_in_it()
    {
        var secret = world.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Protect("hello");

        world.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test").Unprotect(secret).ShouldBe("hello");
        var xml = await world.Database.ScalarAsync<string>("SELECT xml FROM kernel.data_protection_keys LIMIT 1");
        xml.ShouldNotBeNull().ShouldContain("portalKey");
        xml.ShouldNotContain("masterKey");
    }

    private async Task DrainAfterAnHour()
    {
        world.Clock.Advance(TimeSpan.FromHours(1));
        await world.DrainOutbox(failuresAreWanted: true);
    }

    private static SendNotice About(ICurrentUser recipient) => new()
    {
        RecipientId = recipient.Id,
        Template = NoticeTemplate.CaseSubmitted,
        Values = new Dictionary<string, string> { [NoticeToken.Service] = "企业设立", [NoticeToken.Number] = "GX-2026-000138-4" },
        Link = "/cases",
    };

    private Task Send(ICurrentUser recipient, SendNotice? notice = null) => world.As(SystemUser.Instance).Send(notice ?? About(recipient));

    private Task<Page<MyNotice>> Inbox(ICurrentUser user) => world.As(user).Send(new GetMyNotices());

    private Task<SmsDispatch> Dispatch(ICurrentUser user) =>
        world.InDatabase(db => db.SmsDispatches.AsNoTracking().SingleAsync(d => d.RecipientId == user.Id));

    public sealed class World : PortalHost
    {
        private readonly HashSet<Guid> _withPhone = [];

        internal PlayedGateway Gateway { get; } = new();

        public TestUser Citizen(bool hasPhone = true)
        {
            var user = new TestUser();
            if (hasPhone)
                _withPhone.Add(user.Id);
            return user;
        }

        /// <summary>A made-up number for an account.</summary>
        public static string PhoneOf(ICurrentUser user) => $"139{Math.Abs(user.Id.GetHashCode()) % 100_000_000:D8}";

        protected override void Configure(IServiceCollection services)
        {
            services.AddSingleton<ISmsGateway>(Gateway);
            services.AddSingleton<IPeople>(new PlayedPeople(_withPhone));
        }
    }

    internal sealed class PlayedGateway : ISmsGateway
    {
        private readonly List<SmsMessage> _sent = [];
        private readonly Dictionary<string, int> _failures = [];

        public IReadOnlyList<SmsMessage> To(ICurrentUser user) => [.. _sent.Where(m => m.PhoneNumber == World.PhoneOf(user))];

        public void FailFor(ICurrentUser user, int times) => _failures[World.PhoneOf(user)] = times;

        public Task Send(SmsMessage message, CancellationToken ct)
        {
            if (_failures.TryGetValue(message.PhoneNumber, out var left) && left > 0)
            {
                _failures[message.PhoneNumber] = left - 1;
                throw new HttpRequestException("The gateway is down.");
            }

            _sent.Add(message);
            return Task.CompletedTask;
        }
    }

    private sealed class PlayedPeople(HashSet<Guid> withPhone) : IPeople
    {
        public Task<Person?> Find(Guid accountId, CancellationToken ct) =>
            Task.FromResult<Person?>(new Person(accountId, false, null, null,
                withPhone.Contains(accountId) ? World.PhoneOf(new TestUser { Id = accountId }) : null));

        public Task<Guid?> FindAccountByIdNumber(string idNumber, CancellationToken ct) => Task.FromResult<Guid?>(null);

        public Task<IReadOnlyDictionary<string, Guid>> FindAccountsByIdNumbers(IReadOnlyCollection<string> idNumbers, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<string, Guid>>(new Dictionary<string, Guid>());

        public Task<Guid?> FindAccountByPhone(string phone, CancellationToken ct) => Task.FromResult<Guid?>(null);

        public Task<bool> MayActFor(Guid accountId, string creditCode, string? serviceCode, CancellationToken ct) => Task.FromResult(false);

        public Task<Guid?> FindStaffAccount(string accountName, CancellationToken ct) => throw new NotSupportedException();

        public Task<bool> MayActFor(Guid accountId, Guid enterpriseId, string? serviceCode, CancellationToken ct) => Task.FromResult(false);

        public Task<ActedFor?> FindEnterprise(Guid enterpriseId, CancellationToken ct) => Task.FromResult<ActedFor?>(null);
    }
}
