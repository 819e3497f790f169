using NJsonSchema;
using NJsonSchema.Validation;

namespace GaoXin.Portal.Persistence.Seeds;

/// <summary>Checks a file against the JSON Schema of its kind and says what is wrong in plain words.</summary>
internal static class SeedSchema
{
    public static void Check(SeedFile file, JsonSchema schema, SeedFaults faults)
    {
        foreach (var error in schema.Validate(file.Root.ToToken()).SelectMany(Leaves))
        {
            var at = Find(file.Root, error.Path);
            var (message, fix) = Explain(error, at);
            faults.Add(at, message, fix, ExplainInChinese(error, at));
        }
    }

    private static IEnumerable<ValidationError> Leaves(ValidationError error) => error switch
    {
        ChildSchemaValidationError child when child.Errors.Values.Any(e => e.Count != 0) => child.Errors.Values.SelectMany(e => e).SelectMany(Leaves),
        MultiTypeValidationError multi when multi.Errors.Values.Any(e => e.Count != 0) => multi.Errors.Values.SelectMany(e => e).SelectMany(Leaves),
        _ => [error],
    };

    private static (string Message, string Fix) Explain(ValidationError error, SeedNode at)
    {
        var name = error.Property ?? "";
        var found = at.IsScalar ? $"\"{at.Text}\"" : at.IsList ? "a list" : "a block";
        return error.Kind switch
        {
            ValidationErrorKind.PropertyRequired => ($"\"{name}\" is missing", $"add {name}: ..."),
            ValidationErrorKind.NoAdditionalPropertiesAllowed or ValidationErrorKind.AdditionalPropertiesNotValid =>
                ($"\"{name}\" is not known here", Nearest.Fix(name, error.Schema.ActualProperties.Keys)),
            ValidationErrorKind.NotInEnumeration =>
                ($"{found} is not allowed here", Nearest.Fix(at.Text ?? "", error.Schema.ActualSchema.Enumeration.Select(v => v?.ToString() ?? ""))),
            ValidationErrorKind.PatternMismatch => ($"{found} does not look right", error.Schema.Description ?? $"match {error.Schema.Pattern}"),
            ValidationErrorKind.StringExpected => ($"{found} should be text", "put it in quotes"),
            ValidationErrorKind.IntegerExpected or ValidationErrorKind.NumberExpected => ($"{found} should be a number", "write digits without quotes"),
            ValidationErrorKind.BooleanExpected => ($"{found} should be true or false", "write true or false without quotes"),
            ValidationErrorKind.ArrayExpected => ($"{found} should be a list", "write each item on a line that starts with \"- \""),
            ValidationErrorKind.ObjectExpected => ($"{found} should be a block of keys", "indent its keys below it"),
            ValidationErrorKind.TooFewItems => ("The list is too short", $"give at least {error.Schema.MinItems}"),
            ValidationErrorKind.StringTooLong => ($"The text has more than {error.Schema.MaxLength} characters", "make it shorter"),
            ValidationErrorKind.StringTooShort => ("The text is empty", "write it"),
            _ => ($"{found} does not fit ({error.Kind})", error.Schema.Description ?? "see the schema beside the definitions"),
        };
    }

    private static SeedWords ExplainInChinese(ValidationError error, SeedNode at) => error.Kind switch
    {
        ValidationErrorKind.PropertyRequired => new($"没有填", "请补上", error.Property),
        ValidationErrorKind.NoAdditionalPropertiesAllowed or ValidationErrorKind.AdditionalPropertiesNotValid => new($"没有“{error.Property}”这一项", "请去掉，或核对写法"),
        ValidationErrorKind.NotInEnumeration =>
            new($"“{at.Text}”不在可选的词里", $"请从这些里选：{string.Join("、", error.Schema.ActualSchema.Enumeration)}"),
        ValidationErrorKind.PatternMismatch => new($"“{at.Text}”的写法不对", error.Schema.Pattern is "^[a-z0-9]+(-[a-z0-9]+)*$" ? "请用小写字母、数字和短横，比如 birth-registration" : "请核对格式"),
        ValidationErrorKind.StringExpected => new("这里要写文字", "请改成文字"),
        ValidationErrorKind.IntegerExpected or ValidationErrorKind.NumberExpected => new($"“{at.Text}”不是整数", "请只写数字"),
        ValidationErrorKind.NumberTooSmall => new($"{at.Text} 太小了", $"最小是 {error.Schema.Minimum:0}"),
        ValidationErrorKind.NumberTooBig => new($"{at.Text} 太大了", $"最大是 {error.Schema.Maximum:0}"),
        ValidationErrorKind.TooFewItems => new("至少要填一项", "请补上"),
        ValidationErrorKind.StringTooLong => new($"文字超过 {error.Schema.MaxLength} 个字", "请写短一些"),
        ValidationErrorKind.StringTooShort => new("这一项是空的", "请填写"),
        _ => new($"这里的写法不对（{error.Kind}）", "请核对"),
    };

    /// <summary>The node at a path such as <c>#/pages[0].fields[2].key</c>, or the nearest one above.</summary>
    private static SeedNode Find(SeedNode root, string? path)
    {
        var node = root;
        foreach (var part in (path ?? "").TrimStart('#', '/').Split(['.', '[', ']', '/'], StringSplitOptions.RemoveEmptyEntries))
        {
            var next = node.IsList && int.TryParse(part, out var index) && index < node.Items.Count ? node.Items[index] : node[part];
            if (next is null)
                return node;
            node = next;
        }

        return node;
    }
}
