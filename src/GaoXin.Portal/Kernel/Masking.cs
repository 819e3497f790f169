namespace GaoXin.Portal.Kernel;

/// <summary>Masking (脱敏) of personal data for pages and logs. Never unmasks; the full value is a separate, recorded read.</summary>
public static class Masking
{
    private static readonly HashSet<string> CompoundSurnames =
        ["欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "司徒", "端木", "南宫", "长孙", "宇文"];

    /// <summary>Keeps the surname: 李* · 张** · 欧阳**.</summary>
    public static string Name(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return "";
        var keep = name.Length > 2 && CompoundSurnames.Contains(name[..2]) ? 2 : char.IsHighSurrogate(name[0]) ? 2 : 1;
        return name.Length <= keep ? name + "*" : name[..keep] + new string('*', Math.Min(2, name.Length - keep));
    }

    /// <summary>First 4 and last 4 of a resident ID number: 4101**********2847.</summary>
    public static string IdNumber(string? number) =>
        string.IsNullOrEmpty(number) ? "" : number.Length < 12 ? new string('*', number.Length) : $"{number[..4]}{new string('*', number.Length - 8)}{number[^4..]}";

    /// <summary>First 3 and last 4 of a mobile number: 138****0000.</summary>
    public static string Mobile(string? number) =>
        string.IsNullOrEmpty(number) ? "" : number.Length < 11 ? new string('*', number.Length) : $"{number[..3]}****{number[^4..]}";
}
