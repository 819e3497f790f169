using GaoXin.Portal.Cases;
using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>指南以外的材料: what an officer asked for beyond the guide, why, and where to upload it.</summary>
public sealed class ExtraMaterialModel(ICurrentUser user) : MaterialPage
{
    /// <summary>The material.</summary>
    public ExtraMaterial Material { get; private set; } = null!;

    /// <summary>Staff bring it for the applicant (帮办, 综窗).</summary>
    public bool ForApplicant => user.IsStaff;

    /// <summary>Where one came from.</summary>
    public string Back => ForApplicant ? CaseLinks.Tasks(Id) : CaseLinks.Track(Id);

    /// <inheritdoc />
    protected override string Address => CaseLinks.ExtraMaterial(Id, Code);

    /// <inheritdoc />
    protected override async Task LoadAsync() => Material = await Send(new GetExtraMaterial(Id, Code));
}
