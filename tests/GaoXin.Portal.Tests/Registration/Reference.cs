using GaoXin.Portal.Registration;

namespace GaoXin.Portal.Tests.Registration;

/// <summary>The real reference files of the project: a broken one fails every test here.</summary>
internal static class Reference
{
    public static readonly ReferenceFiles Files = ReferenceFiles.Load();

    public static NameVocabulary Words => Files.Names;
}
