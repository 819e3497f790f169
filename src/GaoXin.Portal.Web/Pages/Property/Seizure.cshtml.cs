using GaoXin.Portal.Kernel;
using GaoXin.Portal.Property;
using GaoXin.Portal.Web.TagHelpers;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Property;

/// <summary>查封查询. The number and the answer stay out of the address and out of every cache.</summary>
public sealed class SeizureModel(ICurrentUser user) : PortalPage
{
    /// <summary>What is looked up.</summary>
    [BindProperty]
    public LookUpSeizure Command { get; set; } = new();

    /// <summary>What the register says, on this answer only.</summary>
    public SeizureAnswer? Answer { get; private set; }

    /// <summary>What I looked up before.</summary>
    public IReadOnlyList<MyLookUp> Looks { get; private set; } = [];

    /// <summary>The relations to choose from.</summary>
    public static IReadOnlyList<Choice> Grounds { get; } =
    [
        new(nameof(SeizureGround.Holder), "我是权利人", "登记簿上写着我"),
        new(nameof(SeizureGround.Buyer), "我要买，或已签合同"),
        new(nameof(SeizureGround.Mortgagee), "我是抵押权人、贷款银行的经办人"),
        new(nameof(SeizureGround.Litigant), "我是诉讼、仲裁当事人"),
        new(nameof(SeizureGround.Heir), "我是继承人、受遗赠人"),
    ];

    /// <summary>Asks.</summary>
    public async Task<IActionResult> OnGetAsync()
    {
        if (user.IsStaff)
            return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        return Page();
    }

    /// <summary>Answers on the same page.</summary>
    public Task<IActionResult> OnPostAsync() => Try(async () =>
    {
        Answer = await Send(Command);
        await LoadAsync();
        return Page();
    });

    /// <inheritdoc />
    protected override async Task LoadAsync()
    {
        Response.Headers.CacheControl = "no-store";
        Looks = await Send(new GetMySeizureLookUps());
    }
}
