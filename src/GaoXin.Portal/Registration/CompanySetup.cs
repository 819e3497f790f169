using GaoXin.Portal.Catalogue;

namespace GaoXin.Portal.Registration;

/// <summary>A company as filed, bound from the answers of its form. Amounts and dates keep what was typed until they are checked.</summary>
internal sealed record CompanySetup
{
    public required CompanyName Name { get; init; }

    public required string? Capital { get; init; }

    public required string? ScopeCodes { get; init; }

    public required Premises Premises { get; init; }

    /// <summary>Premises besides the domicile, on the same licence (一照多址).</summary>
    public IReadOnlyList<Premises> OtherPremises { get; init; } = [];

    public required string? Phone { get; init; }

    public required IReadOnlyList<Shareholder> Shareholders { get; init; }

    public required IReadOnlyList<Officer> Officers { get; init; }

    /// <summary>Choices (<c>legalRep.from</c> …) of a shareholder row that is not there any more.</summary>
    public required IReadOnlyList<string> LostChoices { get; init; }

    public required bool NoSupervisor { get; init; }

    public required IReadOnlyList<string> Seals { get; init; }

    public required DateOnly AppliedOn { get; init; }

    public Officer? LegalRepresentative => Officers.FirstOrDefault(o => o.Post == Post.LegalRepresentative && o.Identity is not null);

    public decimal CapitalAmount => RegisteredCapital.TryParse(Capital, out var amount) ? amount : 0;

    /// <summary>All natural persons by ID number, each once; those who sign for an enterprise too.</summary>
    public IReadOnlyList<string> IdNumbers =>
        [.. Shareholders.Select(s => s.SignatoryNumber).Concat(Officers.Select(o => o.Identity)).OfType<string>().Distinct()];

    public static CompanySetup Bind(Answers answers, DateOnly appliedOn)
    {
        var shareholders = ShareholdersOf(answers);
        var officers = OfficerReader.Read(answers, shareholders);
        return new CompanySetup
        {
            Name = SetupFields.Name(answers, SetupFields.Form),
            Capital = answers[SetupFields.Capital],
            ScopeCodes = answers[SetupFields.Scope],
            Premises = Premises.Bind(answers),
            Phone = answers[SetupFields.Phone],
            Shareholders = shareholders,
            Officers = officers.Found,
            LostChoices = officers.Lost,
            NoSupervisor = answers[SetupFields.NoSupervisor] == SetupFields.Yes,
            Seals = SetupFields.SealKinds(answers),
            AppliedOn = appliedOn,
        };
    }

    public static IReadOnlyList<Shareholder> ShareholdersOf(Answers answers) => [.. answers.Rows(SetupFields.Shareholders).Select(Shareholder)];

    private static Shareholder Shareholder(AnswerRow row) => new()
    {
        RowId = row.Id,
        IsNaturalPerson = row["shareholder.kind"] != "enterprise",
        Name = row["shareholder.name"] ?? "",
        IdNumber = row["shareholder.idNo"],
        CreditCode = row["shareholder.creditCode"],
        RepresentativeName = row[SetupFields.RepresentativeName]?.Trim(),
        RepresentativeIdNumber = row[SetupFields.RepresentativeIdNumber],
        Phone = row["shareholder.phone"],
        Subscribed = row["shareholder.subscribed"],
        DueDate = DateOnly.TryParseExact(row["shareholder.dueDate"], "yyyy-MM-dd", out var due) ? due : null,
        Form = row["shareholder.form"],
    };
}

/// <summary>Domicile (住所) or place of business (经营场所).</summary>
internal sealed record Premises(string? Ownership, string? CertificateNumber, string? Division, string Address, string Room, string? Area)
{
    /// <summary>As it is written on the licence.</summary>
    public string Full => Room.Length == 0 || Address.EndsWith(Room, StringComparison.Ordinal) ? Address : $"{Address} {Room}".Trim();

    public static Premises Bind(Answers answers) => new(
        answers[SetupFields.Ownership],
        answers[SetupFields.CertificateNo],
        answers[SetupFields.Division],
        answers[SetupFields.Address]?.Trim() ?? "",
        answers[SetupFields.Room]?.Trim() ?? "",
        answers[SetupFields.Area]);
}

/// <summary>The dictionary keys that registration reads.</summary>
internal static class SetupFields
{
    public const string Region = "company.name.region";
    public const string TradeName = "company.name.tradeName";
    public const string Industry = "company.name.industry";
    public const string Form = "company.name.form";
    public const string BusinessForm = "business.name.form";
    public const string BusinessNamed = "business.named";
    public const string Capital = "company.capital";
    public const string BusinessCapital = "business.capital";
    public const string Scope = "company.scope";
    public const string Phone = "company.phone";
    public const string Division = "company.premises.division";
    public const string Address = "company.premises.address";
    public const string Ownership = "company.premises.ownership";
    public const string CertificateNo = "company.premises.certificateNo";
    public const string Room = "company.premises.room";
    public const string Area = "company.premises.area";
    public const string NameStyle = "company.name.style";
    public const string RegionFirst = "region-first";
    public const string RegionInBrackets = "region-in-brackets";
    public const string Shareholders = "shareholders";
    public const string RepresentativeName = "shareholder.representative.name";
    public const string RepresentativeIdNumber = "shareholder.representative.idNo";
    public const string Family = "family";
    public const string NoSupervisor = "company.noSupervisor";
    public const string Yes = "yes";

    public static CompanyName Name(Answers answers, string formKey) => new(
        answers[Region] ?? "",
        answers[TradeName]?.Trim() ?? "",
        answers[Industry]?.Trim() ?? "",
        answers[formKey] ?? "",
        answers[NameStyle] == RegionInBrackets ? Registration.NameStyle.RegionInBrackets : Registration.NameStyle.RegionFirst);

    public static IReadOnlyList<string> SealKinds(Answers answers) => answers["seals.wanted"] == Yes
        ? (answers["seals.kinds"] ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [];

    public static string Path(NamePart part, string formKey) => part switch
    {
        NamePart.Region => Region,
        NamePart.TradeName => TradeName,
        NamePart.Industry => Industry,
        _ => formKey,
    };
}
