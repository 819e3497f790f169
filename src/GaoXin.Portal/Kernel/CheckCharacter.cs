namespace GaoXin.Portal.Kernel;

/// <summary>ISO 7064 MOD 37,36 over digits and capital letters: case numbers and licence identifiers (GB/T 36904).</summary>
public static class CheckCharacter
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The check character; characters outside 0-9A-Z (separators) are passed over.</summary>
    public static char Of(string text)
    {
        var product = 36;
        foreach (var c in text)
        {
            var value = Alphabet.IndexOf(c);
            if (value < 0)
                continue;
            product = (product + value) % 36;
            if (product == 0)
                product = 36;
            product = product * 2 % 37;
        }

        return Alphabet[(37 - product) % 36];
    }

    /// <summary>True when the last character is the check character of what stands before it.</summary>
    public static bool IsRight(string text) => text.Length > 1 && Of(text[..^1]) == text[^1];
}
