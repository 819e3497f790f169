namespace GaoXin.Portal.Kernel;

/// <summary>The accounts of demo mode (演示账号), printed at the start and shown on the sign-in page. Only there in demo mode.</summary>
public interface IDemoAccountList
{
    /// <summary>All of them, in the order to show.</summary>
    IReadOnlyList<DemoAccount> Accounts { get; }
}

/// <summary>A demo account: an invented person.</summary>
/// <param name="Name">Plainly demo, for example 演示甲.</param>
/// <param name="Who">What the account is for, for example 个人, 工作人员（审批）.</param>
/// <param name="SignIn">What to type as the name: a phone number or a staff account.</param>
/// <param name="Secret">The password, or where to find the code.</param>
public sealed record DemoAccount(string Name, string Who, string SignIn, string Secret);
