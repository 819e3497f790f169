namespace GaoXin.Portal.Kernel;

/// <summary>
/// A unified social credit code (统一社会信用代码, GB 32100-2015): registering department, category, division (6),
/// subject code (9, GB 11714 with its own check character) and a check character modulo 31.
/// The first two characters do not tell the type: a converted individual business keeps its 92 code.
/// </summary>
public sealed record CreditCode
{
    private const string Alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static readonly int[] Weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
    private static readonly int[] SubjectWeights = [3, 7, 9, 10, 5, 8, 4, 2];

    private CreditCode(string code) => Code = code;

    /// <summary>18 characters in upper case.</summary>
    public string Code { get; }

    /// <summary>False for some early codes: a warning, not an error.</summary>
    public bool SubjectCheckIsRight => SubjectCheckCharacter(Code.AsSpan(8, 8)) == Code[16];

    /// <summary>Reads a typed code, full-width or lower case too. False when length, alphabet or check character is wrong.</summary>
    public static bool TryParse(string? typed, out CreditCode code)
    {
        code = null!;
        var text = Text.Compact(typed).ToUpperInvariant();
        if (text.Length != 18 || text.Any(c => !Alphabet.Contains(c)) || CheckCharacter(text) != text[17])
            return false;
        code = new CreditCode(text);
        return true;
    }

    /// <summary>Builds a code from department and category (91, 92 …), division (6) and the first 8 characters of the subject code.</summary>
    public static CreditCode Compose(string departmentAndCategory, string division, string subject)
    {
        if (departmentAndCategory.Length != 2 || division.Length != 6 || subject.Length != 8)
            throw new ArgumentException("Two, six and eight characters are needed.");
        var body = departmentAndCategory + division + subject + SubjectCheckCharacter(subject);
        return new CreditCode(body + CheckCharacter(body));
    }

    /// <summary>The check character of the first 17 characters; '0' when the weighted sum is a multiple of 31.</summary>
    public static char CheckCharacter(ReadOnlySpan<char> body)
    {
        var sum = 0;
        for (var i = 0; i < 17; i++)
            sum += Alphabet.IndexOf(body[i]) * Weights[i];
        return Alphabet[(31 - sum % 31) % 31];
    }

    private static char SubjectCheckCharacter(ReadOnlySpan<char> subject)
    {
        var sum = 0;
        for (var i = 0; i < 8; i++)
            sum += (char.IsAsciiDigit(subject[i]) ? subject[i] - '0' : subject[i] - 'A' + 10) * SubjectWeights[i];
        return (11 - sum % 11) switch { 10 => 'X', 11 => '0', var digit => (char)('0' + digit) };
    }

    /// <summary>The code: it is public.</summary>
    public override string ToString() => Code;
}
