using System.Globalization;
using FluentValidation;
using GaoXin.Portal.Kernel;
using MediatR;
using MiniExcelLibs;

namespace GaoXin.Portal.Complaints.Staff;

/// <summary>
/// 导入来件: a CSV table of another platform, first as a dry run. Columns 来件编号、类型、内容, and if there 主题、地点、姓名、手机号、期限. With one
/// faulty line nothing is imported; what is here already stays as it is.
/// </summary>
[ForStaff(Roles.ComplaintClerk)]
public sealed record ImportOrders(ComplaintChannel? Channel, byte[]? Table, bool DryRun) : ICommand<ImportedOrders>
{
    /// <summary>The name only.</summary>
    public override string ToString() => nameof(ImportOrders);
}

/// <summary>What an import did, or would do.</summary>
public sealed record ImportedOrders(bool DryRun, int New, int Known, IReadOnlyList<ImportFault> Faults);

/// <summary>A faulty line.</summary>
public sealed record ImportFault(int Line, string Message);

internal sealed class ImportOrdersValidator : AbstractValidator<ImportOrders>
{
    private const int Largest = 2 * 1024 * 1024;

    public ImportOrdersValidator()
    {
        RuleFor(c => c.Channel).Must(c => c is { } channel && ExternalOrders.Channels.Contains(channel)).WithMessage("请选是哪个平台的来件。");
        RuleFor(c => c.Table).Must(t => t is { Length: > 0 }).WithMessage("请选一个 CSV 文件。").Must(t => t is null || t.Length <= Largest).WithMessage("文件超过 2 MB，请分几次导入。");
    }
}

internal sealed class ImportOrdersHandler(ExternalOrders orders) : IRequestHandler<ImportOrders, ImportedOrders>
{
    private const int MostLines = 2000;

    public async Task<ImportedOrders> Handle(ImportOrders request, CancellationToken ct)
    {
        var lines = Read(request.Table!);
        var faults = lines.Select((order, i) => (Line: i + 2, Message: ExternalOrders.Problem(order))).Where(f => f.Message is not null).Select(f => new ImportFault(f.Line, f.Message!)).ToList();
        if (lines.Count > MostLines)
            faults.Add(new ImportFault(MostLines + 2, $"一次最多 {MostLines} 行，请分几次导入。"));
        var (added, known) = (0, 0);
        foreach (var order in faults.Count > 0 ? [] : lines)
        {
            var isNew = request.DryRun ? await orders.Known(request.Channel!.Value, order.ExternalNumber, ct) is null : (await orders.Take(request.Channel!.Value, order, ct)).IsNew;
            (added, known) = isNew ? (added + 1, known) : (added, known + 1);
        }

        return new ImportedOrders(request.DryRun, added, known, faults);
    }

    private static List<ExternalOrder> Read(byte[] table)
    {
        using var stream = new MemoryStream(table);
        return
        [
            .. stream.Query(useHeaderRow: true, excelType: ExcelType.CSV).Cast<IDictionary<string, object?>>().Select(row =>
            {
                string? Cell(string name) => row.TryGetValue(name, out var value) && value?.ToString()?.Trim() is { Length: > 0 } text ? text : null;
                return new ExternalOrder(Cell("来件编号") ?? "", Cell("类型") ?? "", Cell("内容") ?? "")
                {
                    Topic = Cell("主题"),
                    Place = Cell("地点"),
                    Name = Cell("姓名"),
                    Phone = Cell("手机号"),
                    DueOn = DateOnly.TryParse(Cell("期限"), CultureInfo.InvariantCulture, out var day) ? day : null,
                };
            }),
        ];
    }
}
