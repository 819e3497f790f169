using GaoXin.Portal.Cases;

namespace GaoXin.Portal.Web.Pages.Cases;

/// <summary>指南以外的材料: what an officer asked for beyond the guide, why, and where to upload it.</summary>
public sealed class ExtraMaterialModel : MaterialPage
{
    /// <summary>The material.</summary>
    public ExtraMaterial Material { get; private set; } = null!;

    /// <inheritdoc />
    protected override string Address => CaseLinks.ExtraMaterial(Id, Code);

    /// <inheritdoc />
    protected override async Task LoadAsync() => Material = await Send(new GetExtraMaterial(Id, Code));
}
