using System.Globalization;
using System.Text.Json;
using GaoXin.Portal.Appointments;
using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Licences;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace GaoXin.Portal.Property;

/// <summary>预审通过: the case may be booked now, with the unit that was filed.</summary>
internal sealed class AdmitPreChecked(PortalDbContext db, PersonalDataCipher cipher, IMediator mediator) : IEventHandler<CasePreChecked>
{
    public async Task Handle(CasePreChecked fact, CancellationToken ct)
    {
        if (await db.PropertyFilings.AsNoTracking().SingleOrDefaultAsync(f => f.CaseId == fact.CaseId && f.EndedAt == null, ct) is not { } filing)
            return;
        await mediator.Send(new AdmitCase
        {
            CaseId = fact.CaseId,
            CaseNumber = fact.Number,
            Service = fact.ServiceCode,
            AccountId = filing.ApplicantId,
            PropertyUnit = cipher.Unprotect(filing.UnitSecret, PropertyFiling.UnitPurpose),
        }, ct);
    }
}

/// <summary>面签: what was booked for a case was done in the hall, so it is accepted, its days count from here, and <see cref="EndBooking"/> hears of it.</summary>
internal sealed class AcceptWhenSigned(IMediator mediator) : IEventHandler<AppointmentCompleted>
{
    public Task Handle(AppointmentCompleted fact, CancellationToken ct) =>
        fact.CaseId is { } signed ? mediator.Send(new AcceptSignedCase(signed, fact.At), ct) : Task.CompletedTask;
}

/// <summary>预审后补正: what has to be mended is not booked until it is pre-checked again.</summary>
internal sealed class SuspendBooking(IMediator mediator) : IEventHandler<CorrectionRequested>
{
    public Task Handle(CorrectionRequested fact, CancellationToken ct) => mediator.Send(new SuspendAdmission(fact.CaseId), ct);
}

/// <summary>预审过期: what nobody booked in time ends.</summary>
internal sealed class LapseUnbooked(IMediator mediator) : IEventHandler<AdmissionLapsed>
{
    public Task Handle(AdmissionLapsed fact, CancellationToken ct) => mediator.Send(new LapsePreCheck(fact.CaseId), ct);
}

/// <summary>A case that was signed, withdrawn or ended needs no appointment any more. One that has to be mended can be booked again afterwards.</summary>
internal sealed class EndBooking(IMediator mediator) : IEventHandler<CaseSignedAtWindow>, IEventHandler<CaseClosed>
{
    public Task Handle(CaseSignedAtWindow fact, CancellationToken ct) => mediator.Send(new EndAdmission(fact.CaseId), ct);

    public Task Handle(CaseClosed fact, CancellationToken ct) => mediator.Send(new EndAdmission(fact.CaseId), ct);
}

/// <summary>
/// 登簿发证: gives an approved registration its certificate number and issues the electronic certificate, for a mortgage the
/// proof (不动产登记证明). A second delivery finds the filing ended and does nothing.
/// </summary>
internal sealed class IssueCertificate(PortalDbContext db, PersonalDataCipher cipher, IMediator mediator, IPeople people, IOptions<PropertyOptions> options, TimeProvider clock) : IEventHandler<CaseDecided>
{
    public async Task Handle(CaseDecided fact, CancellationToken ct)
    {
        if (fact is not { Handler: PropertyCaseHandler.HandlerCode, Approved: true })
            return;
        var filing = await db.PropertyFilings.FromSql($"SELECT * FROM property.filings WHERE case_id = {fact.CaseId} FOR UPDATE").SingleOrDefaultAsync(ct);
        if (filing is null or { EndedAt: not null })
            return;
        var (number, serial) = await NextNumber(fact.ServiceCode != PropertyServices.Mortgage, ct);
        (filing.EndedAt, filing.CertificateNo) = (clock.GetUtcNow(), number);
        var licence = await mediator.Send(await Certificate(filing, fact, number, serial, ct), ct);
        await mediator.Send(new CompleteCase(fact.CaseId, licence.Id), ct);
    }

    private async Task<(string Number, string Serial)> NextNumber(bool right, CancellationToken ct)
    {
        var year = clock.Today().Year;
        var taken = (await db.Database.SqlQuery<int>($"""
            INSERT INTO property.certificate_counters AS c (year, for_right, last) VALUES ({year}, {right}, 1)
            ON CONFLICT (year, for_right) DO UPDATE SET last = c.last + 1 RETURNING last AS "Value"
            """).ToListAsync(ct)).Single();
        return (CertificateNumber.Compose(year, options.Value.PlaceName, right, taken), string.Create(CultureInfo.InvariantCulture, $"41{year % 100:00}{(right ? 1 : 2)}{taken:0000000}"));
    }

    private async Task<IssueLicence> Certificate(PropertyFiling filing, CaseDecided fact, string number, string serial, CancellationToken ct)
    {
        var detail = JsonSerializer.Deserialize<FilingDetail>(cipher.Unprotect(filing.DetailSecret, PropertyFiling.DetailPurpose))!;
        PropertyUnitNumber.TryParse(cipher.Unprotect(filing.UnitSecret, PropertyFiling.UnitPurpose), out var unit);
        var service = await mediator.Send(new GetServiceDefinition(fact.ServiceCode), ct);
        var departments = await mediator.Send(new GetReference(ReferenceKind.Departments), ct);
        var applicant = await people.Find(filing.ApplicantId, ct);
        List<LicenceFact> facts = [new("不动产权证号", number), new("不动产单元号", unit.Display), new("坐落", detail.Location)];
        if (detail.Area is { } area)
            facts.Add(new("面积", $"{area} 平方米"));
        if (detail.Shares is { } shares)
            facts.Add(new("份额", shares));
        return new IssueLicence
        {
            CaseId = fact.CaseId,
            Kind = service?.Result?.Kind ?? "real-estate-certificate",
            Title = service?.Result?.Title ?? "不动产权证书",
            NumberLabel = "印刷序列号",
            HolderKey = serial,
            HolderName = detail.Holders.Length > 0 ? detail.Holders : Masking.Name(applicant?.Name ?? ""),
            Issuer = departments.FirstOrDefault(d => d.Code == service?.Department)?.Title ?? "不动产登记中心",
            Facts = facts,
            ValidFrom = clock.Today(),
            Holders = [filing.ApplicantId],
        };
    }
}
