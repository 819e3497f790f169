using GaoXin.Portal.Appointments;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Cases.Staff;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.TestKit;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Tests.Property;

/// <summary>What can happen between the pre-check and the signing: nobody books, or something has to be mended after all.</summary>
public sealed class PreCheckTests(PropertyHost host) : IClassFixture<PropertyHost>
{
    [Fact]
    public async Task A_case_nobody_books_is_reminded_of_then_ends_and_one_that_is_booked_or_was_moved_goes_on()
    {
        var (idle, idleNumber) = await host.NewPerson();
        var (busy, busyNumber) = await host.NewPerson();
        var (again, againNumber) = await host.NewPerson();
        var unit = host.Register(idleNumber);
        var (left, booked, cancelled) = (await host.FileSale(idle, unit, idleNumber), await host.FileSale(busy, host.Register(busyNumber), busyNumber), await host.FileSale(again, host.Register(againNumber), againNumber));
        foreach (var filed in (SubmittedCase[])[left, booked, cancelled])
            await host.PreCheck(filed.CaseId);
        var bookBy = (await host.As(idle).Send(new GetCaseBooking(left.CaseId)))!.BookBy;
        bookBy.ShouldBe(host.Clock.Today().AddDays(30));

        await Tidy(bookBy.AddDays(-8));
        (await Reminders(idle)).ShouldBe(0);
        await Tidy(bookBy.AddDays(-7));
        await Tidy(bookBy.AddDays(-6));
        (await Reminders(idle)).ShouldBe(1);
        var appointment = await Book(busy, booked.CaseId);
        var second = await Book(again, cancelled.CaseId);
        await host.As(again).Send(new CancelAppointment(second));

        await Tidy(bookBy);
        (await StateOf(left.CaseId)).ShouldBe(CaseState.PreChecked);
        await Tidy(bookBy.AddDays(1));
        var track = await host.As(idle).Send(new GetCaseTrack(left.CaseId));
        (track.Case.State, track.Case.Outcome).ShouldBe((CaseState.Closed, CaseOutcome.Lapsed));
        track.Steps.Select(s => s.Title).ShouldContain("没按时约面签，已结束");
        (await PropertyHost.CodeOf(() => Book(idle, left.CaseId))).ShouldBe("appointment.case-over");
        (await host.Database.ScalarAsync<long>("SELECT count(*) FROM notifications.notices WHERE recipient_id = $1 AND template = 'case-refused'", idle.Id)).ShouldBe(1);
        await host.FileSale(idle, unit, idleNumber);

        (await StateOf(booked.CaseId)).ShouldBe(CaseState.PreChecked, "an appointment keeps it");
        (await host.As(busy).Send(new GetAppointment(appointment))).State.ShouldBe(AppointmentState.Confirmed);
        (await StateOf(cancelled.CaseId)).ShouldBe(CaseState.PreChecked, "the time begins anew after an appointment");
        (await host.As(again).Send(new GetCaseBooking(cancelled.CaseId)))!.BookBy.ShouldBe(bookBy.AddDays(-6 + 30));
        (await Reminders(busy)).ShouldBe(1, "before it was booked");
    }

    [Fact]
    public async Task What_is_mended_after_the_pre_check_keeps_its_appointment_and_is_pre_checked_again()
    {
        var (seller, number) = await host.NewPerson();
        var filed = await host.FileSale(seller, host.Register(number), number);
        var desk = await host.PreCheck(filed.CaseId);
        var appointment = await Book(seller, filed.CaseId);
        var waiting = await desk.Send(new GetWorkList { Filter = WorkFilter.Waiting });
        waiting.Page.Items.ShouldContain(l => l.Id == filed.CaseId);
        waiting.Counts.Waiting.ShouldBe(waiting.Page.Items.Count, "the number on the tab is that of the list");
        (await desk.Send(new GetCaseForReview(filed.CaseId))).Actions.ShouldContain(CaseAction.RequestCorrection);

        await desk.Send(new RequestCorrection { CaseId = filed.CaseId, Remarks = new Dictionary<string, string> { ["propertyContract.price"] = "成交价请和合同写的一样" } });
        await host.DrainOutbox();

        (await StateOf(filed.CaseId)).ShouldBe(CaseState.CorrectionRequested);
        (await host.As(seller).Send(new GetCaseBooking(filed.CaseId)))!.MayBook.ShouldBeFalse();
        var kept = await host.As(seller).Send(new GetAppointment(appointment));
        (kept.State, kept.CaseToMend).ShouldBe((AppointmentState.Confirmed, true));
        (await host.As(seller).Send(new GetCancelPrice(appointment))).Reason.ShouldBeNull("it is not the person's doing");
        (await PropertyHost.CodeOf(async () => await Book(seller, filed.CaseId))).ShouldBe("appointment.case-to-mend");

        await Mend(seller, filed.CaseId, "propertyContract.price", "121");
        (await StateOf(filed.CaseId)).ShouldBe(CaseState.Submitted, "it is looked through again");
        await desk.Send(new PreCheckCase(filed.CaseId));
        await host.DrainOutbox();
        (await host.As(seller).Send(new GetAppointment(appointment))).ShouldSatisfyAllConditions(a => a.State.ShouldBe(AppointmentState.Confirmed), a => a.CaseToMend.ShouldBeFalse());
        (await host.Database.ScalarAsync<long>("SELECT count(*) FROM notifications.notices WHERE recipient_id = $1 AND template = 'case-pre-checked'", seller.Id)).ShouldBe(2);

        host.Clock.Advance(kept.StartsAt - host.Clock.GetUtcNow());
        var window = host.As(TestUsers.Staff(Roles.WindowClerk));
        await window.Send(new TakeUpAppointment(kept.Number));
        await window.Send(new CompleteAppointment(appointment));
        await host.DrainOutbox();
        (await StateOf(filed.CaseId)).ShouldBe(CaseState.InReview);
    }

    [Fact]
    public async Task Who_signs_before_mending_does_not_lose_the_right_to_book_again()
    {
        var (seller, number) = await host.NewPerson();
        var filed = await host.FileSale(seller, host.Register(number), number);
        var desk = await host.PreCheck(filed.CaseId);
        var appointment = await Book(seller, filed.CaseId);
        var pass = await host.As(seller).Send(new GetAppointment(appointment));
        await desk.Send(new RequestCorrection { CaseId = filed.CaseId, Remarks = new Dictionary<string, string> { ["propertyContract.price"] = "成交价请和合同写的一样" } });
        await host.DrainOutbox();

        host.Clock.Advance(pass.StartsAt - host.Clock.GetUtcNow());
        var window = host.As(TestUsers.Staff(Roles.WindowClerk));
        await window.Send(new TakeUpAppointment(pass.Number));
        await window.Send(new CompleteAppointment(appointment));
        await host.DrainOutbox();
        (await StateOf(filed.CaseId)).ShouldBe(CaseState.CorrectionRequested);
        await Mend(seller, filed.CaseId, "propertyContract.price", "121");
        await desk.Send(new PreCheckCase(filed.CaseId));
        await host.DrainOutbox();

        await Book(seller, filed.CaseId);
    }

    private Task<CaseState> StateOf(Guid caseId) => host.InDatabase(db => db.Cases.Where(c => c.Id == caseId).Select(c => c.State).SingleAsync());

    private Task<long> Reminders(TestUser citizen) =>
        host.Database.ScalarAsync<long>("SELECT count(*) FROM notifications.notices WHERE recipient_id = $1 AND template = 'book-reminder'", citizen.Id);

    private async Task Tidy(DateOnly day)
    {
        host.Clock.Advance(day.At(new TimeOnly(10, 0)) - host.Clock.GetUtcNow());
        await host.As(TestUsers.System).Send(new EndUnbookedAdmissions());
        await host.DrainOutbox();
    }

    private async Task<Guid> Book(TestUser citizen, Guid caseId)
    {
        var held = await host.Hold(citizen, await host.NewSlot(), caseId);
        await host.As(citizen).Send(new ConfirmAppointment(held.AppointmentId));
        return held.AppointmentId;
    }

    private async Task Mend(TestUser citizen, Guid caseId, string key, string value)
    {
        var page = (await host.Send(new GetServiceDefinition("estate-sale-transfer")))!.Pages.Single(p => p.Has(key)).Id;
        var shown = await host.As(citizen).Send(new GetFormPage(caseId, page));
        await host.As(citizen).Send(new SaveFormPage { CaseId = caseId, PageId = page, Version = shown.Version, Values = new Dictionary<string, string?> { [key] = value } });
        await host.As(citizen).Send(new SubmitCase(caseId, (await host.As(citizen).Send(new GetCaseCheck(caseId))).ContentHash));
        await host.DrainOutbox();
    }
}
