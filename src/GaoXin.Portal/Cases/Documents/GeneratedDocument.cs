namespace GaoXin.Portal.Cases;

/// <summary>
/// A material the portal makes from the answers (系统生成的材料), for example 公司章程. It is computed whenever it is read and
/// never stored: the answers it comes from are frozen with the submission, and the signatures cover their hash.
/// </summary>
/// <param name="Code">The code of the material in the definition, for example <c>articles</c>.</param>
/// <param name="Title">The name people read.</param>
/// <param name="Parts">The content in order.</param>
public sealed record GeneratedDocument(string Code, string Title, IReadOnlyList<DocumentPart> Parts);

/// <summary>A part of a document.</summary>
public abstract record DocumentPart;

/// <summary>A heading, for example 第一章 总则.</summary>
public sealed record DocumentHeading(string Text) : DocumentPart;

/// <summary>A remark about the document that is not part of its wording, for example 范本（演示）.</summary>
public sealed record DocumentNote(string Text) : DocumentPart;

/// <summary>A numbered article (条).</summary>
/// <param name="Number">For example 第三条.</param>
/// <param name="Paragraphs">Its paragraphs (款), at least one.</param>
public sealed record DocumentArticle(string Number, IReadOnlyList<string> Paragraphs) : DocumentPart;

/// <summary>A paragraph without a number.</summary>
public sealed record DocumentParagraph(string Text) : DocumentPart;

/// <summary>A table. The first cell of a row names it.</summary>
public sealed record DocumentTable(string Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : DocumentPart;

/// <summary>
/// Where people sign. A handler says who signs the document and leaves the lines empty; the engine knows who signed when.
/// </summary>
/// <param name="Role">Only signatories whose role has this word, for example 股东; null means everybody and the applicant.</param>
/// <param name="Lines">One line a person.</param>
public sealed record DocumentSignatures(string? Role, IReadOnlyList<DocumentSignature> Lines) : DocumentPart;

/// <summary>One signature: <paramref name="SignedAt"/> is null until this content is signed.</summary>
public sealed record DocumentSignature(string Name, string Role, DateTimeOffset? SignedAt);
