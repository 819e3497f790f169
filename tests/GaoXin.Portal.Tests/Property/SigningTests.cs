using GaoXin.Portal.Appointments;
using GaoXin.Portal.Appointments.Staff;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Property;

/// <summary>A property case from the form to the certificate: pre-checked, booked, signed in the hall, due from there.</summary>
public sealed class SigningTests(PropertyHost host) : IClassFixture<PropertyHost>
{
    [Fact]
    public async Task A_case_is_pre_checked_booked_signed_and_registered()
    {
        var (seller, number) = await host.NewPerson();
        var unit = host.Register(number);
        var filed = await host.FileSale(seller, unit, number);
        (await Track()).Turn.ShouldContain("窗口");
        (await host.As(seller).Send(new GetCaseBooking(filed.CaseId))).ShouldBeNull();

        var desk = await host.PreCheck(filed.CaseId);
        var waiting = await Track();
        (waiting.Case.State, waiting.DueOn).ShouldBe((CaseState.PreChecked, null));
        waiting.Turn.ShouldContain("轮到您");
        (await host.As(seller).Send(new GetCaseBooking(filed.CaseId))).ShouldNotBeNull().MayBook.ShouldBeTrue();
        (await host.As(seller).Send(new GetCasesToBook("estate-sale-transfer"))).ShouldHaveSingleItem().CaseNumber.ShouldBe(filed.Number);

        var appointment = await Book(seller, filed.CaseId, unit: "410172009009GB00009F00090009");
        var pass = await host.As(seller).Send(new GetAppointment(appointment));
        (pass.CaseNumber, pass.MaskedProperty).ShouldBe((filed.Number, "410172 001002 GB00001 F********"));
        var stored = await host.InDatabase(db => db.Appointments.AsNoTracking().SingleAsync(a => a.Id == appointment));
        (await host.InDatabase(db => db.Appointments.CountAsync(a => a.PropertyKey == stored.PropertyKey))).ShouldBe(1);

        host.Clock.Advance(pass.StartsAt - host.Clock.GetUtcNow());
        var window = host.As(TestUsers.Staff(Roles.WindowClerk));
        await window.Send(new TakeUpAppointment(pass.Number));
        await window.Send(new CompleteAppointment(appointment));
        await host.DrainOutbox();

        var signed = await Track();
        signed.Case.State.ShouldBe(CaseState.InReview);
        var calendar = await host.Send(new Portal.Catalogue.GetWorkingCalendar());
        signed.DueOn.ShouldBe(calendar.AddWorkingDays(pass.StartsAt.Day(), 1));
        signed.Steps.Select(s => s.Title).ShouldContain("您到大厅面签了");
        (await PropertyHost.CodeOf(() => Book(seller, filed.CaseId))).ShouldBe("appointment.case-over");

        await desk.Send(new DecideCase { CaseId = filed.CaseId, Decision = CaseAction.Approve });
        await host.DrainOutbox();
        var done = await Track();
        (done.Case.State, done.Case.Outcome).ShouldBe((CaseState.Closed, CaseOutcome.Approved));
        done.Case.LicenceId.ShouldNotBeNull();
        (await host.Database.ScalarAsync<string>("SELECT certificate_no FROM property.filings WHERE case_id = $1", filed.CaseId)).ShouldNotBeNull().ShouldMatch("^豫（2026）郑州市不动产权第[0-9]{7}号$");

        Task<CaseTrack> Track() => host.As(seller).Send(new GetCaseTrack(filed.CaseId));
    }

    [Fact]
    public async Task A_certificate_signed_for_before_the_long_holiday_is_due_after_it()
    {
        var calendar = await host.Send(new Portal.Catalogue.GetWorkingCalendar());
        calendar.AddWorkingDays(new DateOnly(2023, 9, 27), 5).ShouldBe(new DateOnly(2023, 10, 10));
        (await host.Send(new Portal.Catalogue.GetServiceDefinition("estate-batch-transfer")))!.Clock.ShouldSatisfyAllConditions(c => c.PromisedDays.ShouldBe(5), c => c.FromSigning.ShouldBeTrue());
    }

    [Fact]
    public async Task Without_a_pre_checked_case_of_ones_own_nothing_is_booked()
    {
        var (seller, number) = await host.NewPerson();
        var (stranger, _) = await host.NewPerson();
        var unit = host.Register(number);
        var filed = await host.FileSale(seller, unit, number);
        var slot = await host.NewSlot();

        (await PropertyHost.CodeOf(() => host.Hold(seller, slot, null, unit.Number))).ShouldBe("appointment.case-first");
        (await PropertyHost.CodeOf(() => host.Hold(seller, slot, filed.CaseId))).ShouldBe("appointment.case-not-ready");
        await host.PreCheck(filed.CaseId);
        (await PropertyHost.CodeOf(() => host.Hold(stranger, slot, filed.CaseId))).ShouldBe("appointment.case-not-ready");
        (await PropertyHost.CodeOf(() => host.Hold(seller, slot, filed.CaseId, service: "estate-mortgaged-transfer"))).ShouldBe("appointment.case-not-ready");
        (await PropertyHost.CodeOf(() => host.As(seller).Send(new Portal.Appointments.Waiting.JoinWaitingList { Service = "estate-sale-transfer", FromDay = host.Clock.Today(), ToDay = host.Clock.Today() }))).ShouldBe("appointment.case-first");
        (await host.As(stranger).Send(new GetCaseBooking(filed.CaseId))).ShouldBeNull();
        (await host.InDatabase(db => db.Appointments.CountAsync(a => a.SlotId == slot.Id))).ShouldBe(0);
    }

    [Fact]
    public async Task A_case_is_booked_once_even_by_many_at_a_time()
    {
        var (seller, number) = await host.NewPerson();
        var filed = await host.FileSale(seller, host.Register(number), number);
        await host.PreCheck(filed.CaseId);
        var slot = await host.NewSlot(seats: 30);

        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(n => PropertyHost.CodeOf(() => n % 2 == 0 ? host.Hold(seller, slot, filed.CaseId) : ForAnother(n))));

        codes.Count(c => c is null).ShouldBe(1);
        codes.OfType<string>().Distinct().ShouldBeSubsetOf(["appointment.already-active", "appointment.case-taken", "appointment.property-taken"]);
        (await host.InDatabase(db => db.Appointments.CountAsync(a => a.CaseId == filed.CaseId))).ShouldBe(1);

        Task<HeldSeat> ForAnother(int n)
        {
            return host.As(seller).Send(new HoldSeat
            {
                SlotId = slot.Id,
                Service = "estate-sale-transfer",
                CaseId = filed.CaseId,
                ForAnother = true,
                Name = "演示丙",
                IdNumber = NumberOf(n),
                Phone = "13800000001",
                Authorised = true,
                Key = Guid.NewGuid().ToString("N"),
            });
        }

        static string NumberOf(int n)
        {
            var body = $"41010219900101{n + 100:000}";
            return body + ResidentId.CheckCharacter(body);
        }
    }

    [Fact]
    public async Task Withdrawing_the_case_gives_the_place_back_and_costs_nothing()
    {
        var (seller, number) = await host.NewPerson();
        var unit = host.Register(number);
        var filed = await host.FileSale(seller, unit, number);
        await host.PreCheck(filed.CaseId);
        var appointment = await Book(seller, filed.CaseId);

        await host.As(seller).Send(new WithdrawCase(filed.CaseId));
        await host.DrainOutbox();

        (await host.As(seller).Send(new GetAppointment(appointment))).State.ShouldBe(AppointmentState.HallCancelled);
        (await host.As(seller).Send(new GetMyAppointments())).Cooldowns.ShouldBeEmpty();
        (await host.InDatabase(db => db.Seats.CountAsync(s => s.AppointmentId == appointment))).ShouldBe(0);
        (await PropertyHost.CodeOf(() => Book(seller, filed.CaseId))).ShouldBe("appointment.case-over");
        await host.FileSale(seller, unit, number);
    }

    [Fact]
    public async Task Who_signs_at_the_window_without_an_appointment_is_accepted_by_the_officer()
    {
        var (seller, number) = await host.NewPerson();
        var filed = await host.FileSale(seller, host.Register(number), number);
        var desk = await host.Officer(filed.CaseId);
        (await PropertyHost.CodeOf(() => desk.Send(new AcceptCase(filed.CaseId)))).ShouldBe("case.pre-check-first");
        (await desk.Send(new GetCaseForReview(filed.CaseId))).Actions.ShouldSatisfyAllConditions(a => a.ShouldContain(CaseAction.PreCheck), a => a.ShouldNotContain(CaseAction.Accept));
        await desk.Send(new PreCheckCase(filed.CaseId));
        await host.DrainOutbox();
        var appointment = await Book(seller, filed.CaseId);

        await desk.Send(new AcceptCase(filed.CaseId));
        await host.DrainOutbox();

        (await host.As(seller).Send(new GetCaseTrack(filed.CaseId))).Case.State.ShouldBe(CaseState.InReview);
        (await host.As(seller).Send(new GetAppointment(appointment))).State.ShouldBe(AppointmentState.HallCancelled);
    }

    [Fact]
    public async Task The_desk_books_a_case_by_its_number_and_the_card_of_its_applicant()
    {
        var (seller, number) = await host.NewPerson();
        var (_, other) = await host.NewPerson();
        var filed = await host.FileSale(seller, host.Register(number), number);
        await host.PreCheck(filed.CaseId);
        var slot = await host.NewSlot();
        var clerk = host.As(TestUsers.Staff(Roles.WindowClerk));
        var book = new BookAtDesk { SlotId = slot.Id, Service = "estate-sale-transfer", Name = "演示甲", IdNumber = number, Phone = "13800000000", Key = "desk-1" };

        (await PropertyHost.CodeOf(() => clerk.Send(book))).ShouldBe("appointment.case-first");
        (await PropertyHost.CodeOf(() => clerk.Send(book with { CaseNumber = filed.Number, IdNumber = other }))).ShouldBe("appointment.case-not-ready");
        var told = await clerk.Send(book with { CaseNumber = CaseNumber.Display(filed.Number).ToLowerInvariant() });
        (await clerk.Send(book with { CaseNumber = filed.Number })).ShouldBe(told);
        (await host.InDatabase(db => db.Appointments.Where(a => a.CaseId == filed.CaseId).Select(a => a.State).SingleAsync())).ShouldBe(AppointmentState.Confirmed);
    }

    private async Task<Guid> Book(TestUser citizen, Guid caseId, string? unit = null)
    {
        var held = await host.Hold(citizen, await host.NewSlot(), caseId, unit);
        await host.As(citizen).Send(new ConfirmAppointment(held.AppointmentId));
        return held.AppointmentId;
    }
}
