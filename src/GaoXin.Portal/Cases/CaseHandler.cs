using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Cases;

/// <summary>
/// What the answers of one kind of service mean: typed binding, checks across fields and registers, the facts of the
/// decision rules, and who has to sign. Data says what is asked, code says what it means. Registered under the code that
/// definitions name, for example <c>registration.company</c>, with <see cref="CaseHandlerServices.AddCaseHandler"/>.
/// </summary>
public interface ICaseHandler
{
    /// <summary>
    /// Runs whenever the file of a case is opened: fetches what the members below, which are not asynchronous, have to know, for
    /// example the register's entry that a change starts from.
    /// </summary>
    Task Prepare(CaseContext context, CancellationToken ct) => Task.CompletedTask;

    /// <summary>
    /// Checks across fields, rows and registers, on a page (<see cref="CaseContext.PageId"/> set) or for the whole form.
    /// Each problem names a field path and says what to do.
    /// </summary>
    Task<IReadOnlyList<FieldProblem>> Check(CaseContext context, CancellationToken ct);

    /// <summary>Everybody who has to sign the answers, the applicant too where the law asks it.</summary>
    IReadOnlyList<Signatory> Signatories(CaseContext context);

    /// <summary>The facts the rules read, for example <c>name.exactMatches</c> or <c>scope.licensedItems</c>.</summary>
    Task<IReadOnlyDictionary<string, object?>> Facts(CaseContext context, CancellationToken ct);

    /// <summary>The name under which the case is listed, for example the company's name; searchable and public, never a person's name unless masked.</summary>
    string? Subject(CaseContext context);

    /// <summary>Runs inside the submit transaction: reserve what must be unique. May refuse.</summary>
    Task OnSubmitting(CaseContext context, CancellationToken ct);

    /// <summary>Runs inside the transaction that closes the case without approval (withdrawn, refused): give back what was reserved.</summary>
    Task OnDropped(CaseContext context, CancellationToken ct);

    /// <summary>
    /// The documents made from the answers besides the application form, which the engine makes for every service. Pure:
    /// the same answers give the same text, so that what was signed is what is shown. Personal data may come masked.
    /// </summary>
    IReadOnlyList<GeneratedDocument> Documents(CaseContext context) => [];

    /// <summary>Answers that are codes of the capability's own lists, in words, by path.</summary>
    IReadOnlyDictionary<string, string> Words(CaseContext context) => new Dictionary<string, string>();
}

/// <summary>Finds the handler of a service. Only that one is made: most requests need one of a dozen, each with its own company.</summary>
public sealed class CaseHandlers(IServiceProvider services)
{
    /// <summary>The handler under the code, or null.</summary>
    public ICaseHandler? Find(string code) => services.GetKeyedService<ICaseHandler>(code);

    /// <summary>The handler under the code; loaded definitions name no other (see the lint of the seeds).</summary>
    public ICaseHandler Of(string code) => Find(code) ?? throw new InvalidOperationException($"No handler {code}.");
}

/// <summary>Registration of case handlers.</summary>
public static class CaseHandlerServices
{
    /// <summary>Adds the handler under the code that definitions name.</summary>
    public static IServiceCollection AddCaseHandler<THandler>(this IServiceCollection services, string code)
        where THandler : class, ICaseHandler => services.AddKeyedScoped<ICaseHandler, THandler>(code);
}

/// <summary>A case as its handler sees it.</summary>
/// <param name="CaseId">The case.</param>
/// <param name="Number">The case number, once submitted.</param>
/// <param name="Service">The pinned definition.</param>
/// <param name="Answers">Visible answers only: hidden fields are already gone.</param>
/// <param name="ApplicantId">The account that files.</param>
/// <param name="AppliedOn">The day whose law applies: the day of submission, or today for a draft.</param>
/// <param name="PageId">Set when only one page is being saved.</param>
public sealed record CaseContext(
    Guid CaseId, string? Number, ServiceDefinition Service, Answers Answers, Guid ApplicantId, DateOnly AppliedOn, string? PageId = null);

/// <summary>A problem at a field path (<c>key</c> or <c>group/rowId/key</c>). A warning is shown but does not block.</summary>
public sealed record FieldProblem(string Path, string Message, bool IsWarning = false);

/// <summary>A person who has to sign. <paramref name="Role"/> is shown, for example 股东.</summary>
public sealed record Signatory(string Name, string IdNumber, string Role);
