using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Registration;
using MediatR;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>Turns codes in answers into words: items of a business scope and divisions.</summary>
internal sealed class AnswerWords(IMediator mediator)
{
    private const string Between = "；";

    /// <summary>The sections with codes replaced by words.</summary>
    public async Task<IReadOnlyList<SummarySection>> Of(IReadOnlyList<SummarySection> sections, CancellationToken ct)
    {
        var result = new List<SummarySection>();
        foreach (var section in sections)
        {
            var lines = new List<SummaryLine>();
            foreach (var line in section.Lines)
                lines.Add(line.Masked ? line : line with { Text = await Of(line.Type, line.Text, ct) });
            result.Add(section with { Lines = lines });
        }

        return result;
    }

    /// <summary>A value in words: as on the licence.</summary>
    public async Task<string> Of(FieldType type, string value, CancellationToken ct) => type switch
    {
        FieldType.BusinessScope => string.Join(Between, (await Items(value, ct)).Select(i => i.Name)),
        FieldType.Division => (await Divisions(ct)).FirstOrDefault(d => d.Code == value)?.Title ?? value,
        _ => value,
    };

    /// <summary>The items of a scope in their order.</summary>
    public Task<IReadOnlyList<ScopeItem>> Items(string? value, CancellationToken ct) =>
        mediator.Send(new GetBusinessScopeItems([.. (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Take(200)]), ct);

    public Task<IReadOnlyList<ReferenceEntry>> Divisions(CancellationToken ct) => mediator.Send(new GetReference(ReferenceKind.Divisions), ct);
}
