using FluentValidation;
using GaoXin.Portal.Kernel;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace GaoXin.Portal.Web.Pages;

/// <summary>
/// The base of every page: a page loads what it shows in <see cref="LoadAsync"/>, binds one command as <c>Command</c>,
/// and its handlers are one to five lines. A validation error and a refusal both show the same page again with 422 and
/// keep what was typed.
/// <code>
/// public Task&lt;IActionResult&gt; OnPostAsync() => Try(async () => RedirectToPage("Done", new { number = await Send(Command) }));
/// </code>
/// </summary>
public abstract class PortalPage : PageModel
{
    /// <summary>The mediator of this request.</summary>
    protected IMediator Mediator => HttpContext.RequestServices.GetRequiredService<IMediator>();

    /// <summary>Ends when the browser goes away.</summary>
    protected CancellationToken Aborted => HttpContext.RequestAborted;

    /// <summary>The prefix under which fields are bound: <c>Command</c> when the page has such a property, else none.</summary>
    protected virtual string FieldPrefix => GetType().GetProperty("Command") is null ? "" : "Command";

    /// <summary>Reads what the page shows, for the first view and again after a refusal.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Sends a request.</summary>
    protected Task<TResult> Send<TResult>(IRequest<TResult> request) => Mediator.Send(request, Aborted);

    /// <summary>Acts, or shows the page again with what has to be mended.</summary>
    protected async Task<IActionResult> Try(Func<Task<IActionResult>> act)
    {
        if (!ModelState.IsValid)
            return await ShowAgain();
        try
        {
            return await act();
        }
        catch (ValidationException invalid)
        {
            foreach (var failure in invalid.Errors)
                ModelState.AddModelError(FieldName(failure.PropertyName), failure.ErrorMessage);
        }
        catch (RefusedException refused)
        {
            foreach (var refusal in refused.Refusals)
                ModelState.AddModelError(FieldName(refusal.Field), refusal.Message);
        }

        return await ShowAgain();
    }

    /// <summary>The name of the control for a property of the command or a field path. Override it for other forms.</summary>
    protected virtual string FieldName(string? property) =>
        string.IsNullOrEmpty(property) ? "" : FieldPrefix.Length == 0 ? property : $"{FieldPrefix}.{property}";

    /// <summary>Shows this page with 422; what was typed stays in the fields.</summary>
    protected async Task<IActionResult> ShowAgain()
    {
        Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
        await LoadAsync();
        return Page();
    }
}
