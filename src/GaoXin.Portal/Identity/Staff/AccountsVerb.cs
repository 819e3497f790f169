using FluentValidation;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Identity;

/// <summary>
/// <c>accounts add-administrator</c>: the first system administrator of a new deployment, or another one when nobody can
/// sign in any more. The password is made here and shown once; the second factor is set up at the first sign-in.
/// </summary>
internal sealed class AccountsVerb(IMediator mediator) : ICommandLineVerb
{
    public string Name => "accounts";

    public IReadOnlyList<string> Usage => ["accounts add-administrator ACCOUNT NUMBER NAME DEPARTMENT    open an account for a system administrator"];

    public bool NeedsDatabase(string[] arguments) => arguments is ["add-administrator", _, _, _, _];

    public async Task<int> Run(string[] arguments, TextWriter output, CancellationToken ct)
    {
        if (arguments is not ["add-administrator", var account, var number, var name, var department])
        {
            await output.WriteLineAsync(Usage[0]);
            return 2;
        }

        var command = new CreateStaffAccount
        {
            AccountName = account,
            StaffNumber = number,
            Name = name,
            DepartmentCode = department,
            Roles = [Roles.SystemAdministrator],
        };
        try
        {
            var opened = await mediator.Send(command, ct);
            await output.WriteLineAsync($"Account {account} is open. One-time password, shown only now, good for 72 hours: {opened.Password}");
        }
        catch (Exception refusal) when (refusal is ValidationException or RefusedException)
        {
            await output.WriteLineAsync(refusal.Message);
            return 1;
        }

        return 0;
    }
}
