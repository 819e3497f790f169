namespace GaoXin.Portal.Cases;

/// <summary>What protected texts of a case are for.</summary>
internal static class CorrectionPurposes
{
    public const string Remark = "cases.remark";
    public const string Opinion = "cases.opinion";
}
