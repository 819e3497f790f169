namespace GaoXin.Portal.Browser.Tests.Steps;

/// <summary>
/// What a form asked of a person, counted on the pages as he left them. Asked: fields shown, without computed ones and
/// without optional ones left empty. By hand: fields he typed into, picked or ticked, and any filled field without a note
/// about where its value came from. The rest was filled in for him.
/// </summary>
public sealed class FilingEffort
{
    private readonly Dictionary<string, Kind> _fields = [];

    /// <summary>How a field got its value.</summary>
    public enum Kind
    {
        /// <summary>By the person.</summary>
        ByHand,

        /// <summary>From data of the administration or of his account.</summary>
        Shared,

        /// <summary>Proposed by the form.</summary>
        Proposed,
    }

    /// <summary>Fields that hold a value.</summary>
    public int Asked => _fields.Count;

    /// <summary>Fields the person filled.</summary>
    public int ByHand => _fields.Count(f => f.Value == Kind.ByHand);

    /// <summary>The share filled by hand.</summary>
    public decimal Share => Asked == 0 ? 1 : (decimal)ByHand / Asked;

    /// <summary>Notes one field.</summary>
    public void Note(string path, Kind kind) => _fields[path] = kind;

    /// <summary>Prints the effort and fails when a signed-in person with shared data fills more than 40 % by hand.</summary>
    public void ShouldBeSmall(string service, ITestOutputHelper output)
    {
        var report = Report(service);
        output.WriteLine(report);
        TestContext.Current.SendDiagnosticMessage(report);
        Share.ShouldBeLessThanOrEqualTo(0.40m, report);
    }

    /// <summary>One line for the log.</summary>
    public string Report(string service) => FormattableString.Invariant(
        $"Filing effort, {service}: {Asked} fields, {_fields.Count(f => f.Value == Kind.Shared)} from shared data, {_fields.Count(f => f.Value == Kind.Proposed)} proposed, {ByHand} by hand = {Share:P0}: {string.Join(", ", _fields.Where(f => f.Value == Kind.ByHand).Select(f => f.Key))}");
}
