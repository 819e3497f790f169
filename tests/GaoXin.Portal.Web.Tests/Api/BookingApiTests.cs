using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using GaoXin.Portal.Identity;
using GaoXin.Portal.TestKit;
using GaoXin.Portal.Web.Tests.Appointments;

namespace GaoXin.Portal.Web.Tests.Api;

/// <summary>Booking by programs: token, availability, hold, confirm, move, cancel, and what is said when it goes wrong.</summary>
public sealed partial class BookingApiTests(AppointmentSite site) : IClassFixture<AppointmentSite>
{
    [Fact]
    public async Task A_program_signs_in_books_moves_and_cancels_and_may_send_everything_twice()
    {
        var (client, token) = await SignedIn(0);
        var days = (await Read(await Get(client, "/api/v1/appointments/availability/social-card-application"))).GetProperty("days").EnumerateArray().Where(d => d.GetProperty("state").GetString() == "free").ToList();
        var slots = days.SelectMany(d => d.GetProperty("slots").EnumerateArray()).Where(s => s.GetProperty("canBeTaken").GetBoolean()).Select(s => s.GetProperty("id").GetString()!).ToList();
        var key = Guid.NewGuid().ToString();
        var held = await Read(await Post(client, token, "/api/v1/appointments/holds", new { slotId = slots[0], service = "social-card-application" }, key));
        var again = await Read(await Post(client, token, "/api/v1/appointments/holds", new { slotId = slots[0], service = "social-card-application" }, key));
        var id = held.GetProperty("appointmentId").GetString();
        again.GetProperty("appointmentId").GetString().ShouldBe(id);
        for (var i = 0; i < 2; i++)
        {
            (await Read(await Post(client, token, $"/api/v1/appointments/{id}/confirm"))).GetProperty("state").GetString().ShouldBe("confirmed");
            (await Read(await Post(client, token, $"/api/v1/appointments/{id}/reschedule", new { slotId = slots[^1] }))).GetProperty("moves").GetInt32().ShouldBe(1);
        }

        var other = await Post(client, token, "/api/v1/appointments/holds", new { slotId = slots[1], service = "social-card-application" });
        other.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await Problem(other)).ShouldBe("appointment.already-active");
        for (var i = 0; i < 2; i++)
            (await Read(await Post(client, token, $"/api/v1/appointments/{id}/cancel"))).GetProperty("state").GetString().ShouldBe("cancelled");
        (await Read(await Get(client, "/api/v1/appointments", token))).GetProperty("appointments").GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        var waitKey = Guid.NewGuid().ToString();
        var wait = new { service = "id-card-application", fromDay = "2026-11-25", toDay = "2026-11-30" };
        var first = await Read(await Post(client, token, "/api/v1/appointments/waiting", wait, waitKey));
        (await Read(await Post(client, token, "/api/v1/appointments/waiting", wait, waitKey))).GetProperty("id").GetString().ShouldBe(first.GetProperty("id").GetString());
    }

    [Fact]
    public async Task What_changes_something_needs_a_token_and_a_key()
    {
        var (client, token) = await SignedIn(1);
        var body = new { slotId = Guid.NewGuid(), service = "social-card-application" };
        (await Post(client, null, "/api/v1/appointments/holds", body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Post(client, token + "x", "/api/v1/appointments/holds", body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Post(await site.Browser(2), null, "/api/v1/appointments/holds", body)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized, "a cookie is not enough");
        (await Post(client, token, "/api/v1/appointments/holds", body, "")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Problem(await Post(client, token, "/api/v1/appointments/holds", body))).ShouldBe("appointment.no-slot");
        (await Post(client, token, $"/api/v1/appointments/{Guid.NewGuid()}/confirm")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Get(client, "/api/v1/appointments/tomorrow")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Get(client, "/api/v1/appointments/availability/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var wrong = await Post(site.Browse(), null, "/api/v1/sessions", new { phone = "13800000002", code = "000000" });
        (await Problem(wrong)).ShouldBe("identity.wrong-code");
    }

    [Fact]
    public async Task The_app_checks_in_in_the_hall_and_follows_its_ticket()
    {
        var (client, token) = await SignedIn(3);
        var page = await Read(await Get(client, "/api/v1/appointments/availability/id-card-application"));
        var slot = page.GetProperty("days").EnumerateArray().SelectMany(d => d.GetProperty("slots").EnumerateArray()).First(s => s.GetProperty("canBeTaken").GetBoolean());
        var id = (await Read(await Post(client, token, "/api/v1/appointments/holds", new { slotId = slot.GetProperty("id").GetGuid(), service = "id-card-application" }))).GetProperty("appointmentId").GetGuid();
        await Read(await Post(client, token, $"/api/v1/appointments/{id}/confirm"));

        (await Problem(await Post(client, token, "/api/v1/hall/check-in", new { appointmentId = id, presenceCode = "000000" }))).ShouldBe("hall.presence-first");
        var early = slot.GetProperty("startsAt").GetDateTimeOffset() - site.Clock.GetUtcNow() - TimeSpan.FromMinutes(30);
        site.Clock.Advance(early > TimeSpan.Zero ? early : TimeSpan.Zero);
        var ticket = (await Read(await Post(client, token, "/api/v1/hall/check-in", new { appointmentId = id, presenceCode = await Code() }))).GetProperty("code").GetString();
        var again = (await Read(await Post(client, token, "/api/v1/hall/check-in", new { appointmentId = id, presenceCode = await Code() }))).GetProperty("code").GetString();
        again.ShouldBe(ticket, "sent again it is the same ticket");
        (await Read(await Get(client, $"/api/v1/hall/tickets/{ticket}"))).GetProperty("number").GetString().ShouldNotBeNullOrEmpty();
        (await Post(client, token, "/api/v1/hall/check-in", new { appointmentId = Guid.NewGuid(), presenceCode = await Code() })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Post(client, token, "/api/v1/hall/check-in", new { appointmentId = id, presenceCode = await Code() }, "")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await Post(client, null, "/api/v1/hall/check-in", new { appointmentId = id, presenceCode = await Code() })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Read(await Get(client, "/api/v1/hall/now"))).GetProperty("zones").GetArrayLength().ShouldBe(15);
        (await Get(client, "/api/v1/hall/tickets/nothing")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        async Task<string> Code() => (await site.Send(new GaoXin.Portal.Hall.GetPresenceCode())).Code;
    }

    [Fact]
    public async Task The_description_tells_of_the_key_every_change_needs()
    {
        var paths = (await Read(await Get(site.Browse(), "/openapi/v1.json"))).GetProperty("paths").EnumerateObject().Where(p => p.Name.StartsWith("/api/v1/appointments", StringComparison.Ordinal)).ToList();
        var posts = paths.Where(p => p.Value.TryGetProperty("post", out _)).Select(p => p.Value.GetProperty("post")).ToList();
        posts.Count.ShouldBeGreaterThanOrEqualTo(7);
        posts.ShouldAllBe(p => p.GetProperty("parameters").EnumerateArray().Any(o => o.GetProperty("name").GetString() == "Idempotency-Key" && o.GetProperty("required").GetBoolean()));
    }

    private async Task<(PageClient Client, string Token)> SignedIn(int person)
    {
        var (client, phone) = (site.Browse(), DemoPeople.Citizens[person].Phone);
        (await Post(client, null, "/api/v1/sessions/codes", new { phone })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await site.DrainOutbox();
        var text = (await site.Send(new GetDemoMessages())).First(m => SixDigits().IsMatch(m.Text)).Text;
        var answer = await Read(await Post(client, null, "/api/v1/sessions", new { phone, code = SixDigits().Match(text).Value }));
        return (client, answer.GetProperty("accessToken").GetString()!);
    }

    private static Task<HttpResponseMessage> Get(PageClient client, string path, string? token = null) => client.Send(Request(HttpMethod.Get, path, token));

    private static Task<HttpResponseMessage> Post(PageClient client, string? token, string path, object? body = null, string? key = null)
    {
        var request = Request(HttpMethod.Post, path, token);
        if (key != "")
            request.Headers.Add("Idempotency-Key", key ?? Guid.NewGuid().ToString());
        request.Content = JsonContent.Create(body ?? new { });
        return client.Send(request);
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? token)
    {
        var request = new HttpRequestMessage(method, path);
        if (token is not null)
            request.Headers.Add("Authorization", $"Bearer {token}");
        return request;
    }

    private static async Task<JsonElement> Read(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue($"{(int)answer.StatusCode} {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    private static async Task<string?> Problem(HttpResponseMessage answer) =>
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.GetProperty("code").GetString();

    [GeneratedRegex("[0-9]{6}")]
    private static partial Regex SixDigits();
}
