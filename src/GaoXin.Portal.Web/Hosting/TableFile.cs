namespace GaoXin.Portal.Web.Hosting;

/// <summary>Table files that staff take along.</summary>
internal static class TableFile
{
    /// <summary>XLSX.</summary>
    public const string Type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
}
