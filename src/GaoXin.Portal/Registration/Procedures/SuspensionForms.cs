using GaoXin.Portal.Cases;

namespace GaoXin.Portal.Registration.Procedures;

/// <summary>歇业备案承诺书 and 法律文书送达地址确认书 from the answers; the application itself is the engine's.</summary>
internal static class SuspensionForms
{
    public const string Commitment = "suspension-commitment";
    public const string Delivery = "delivery-address";

    public static IReadOnlyList<GeneratedDocument> Of(SuspensionFiling filing, RegisteredEntity entity)
    {
        if (filing.Step == SuspensionStep.Resume)
            return [];
        var who = entity.ListedAs;
        var documents = new List<GeneratedDocument>
        {
            new(Commitment, "歇业备案承诺书",
            [
                new DocumentNote("演示样式：按您填的内容生成"),
                new DocumentParagraph($"{who}因经营困难申请歇业{Until(filing)}，并承诺："),
                new DocumentArticle("一、", ["已经和职工依法协商好劳动关系怎么处理，没有拖欠工资。"]),
                new DocumentArticle("二、", ["歇业期间按时报送年度报告，按规定办理纳税申报，保持登记的联络方式畅通。"]),
                new DocumentArticle("三、", ["歇业累计不超过三年。恢复营业的，在 30 天内向社会公示；期满不再延长的，视为恢复营业。"]),
                new DocumentArticle("四、", ["所填内容真实，不利用歇业逃避债务和其他义务。不真实的，愿意承担法律责任。"]),
                new DocumentSignatures(null, []),
            ]),
        };
        if (filing.DeliveryAddress is { } address)
        {
            documents.Add(new GeneratedDocument(Delivery, "法律文书送达地址确认书",
            [
                new DocumentParagraph($"{who}确认：歇业期间以下面的地址代替住所，接收法律文书。寄到这里就算送达，改了地址会及时告知登记机关。"),
                new DocumentParagraph($"送达地址：{address}"),
                new DocumentSignatures(null, []),
            ]));
        }

        return documents;
    }

    private static string Until(SuspensionFiling filing) => filing.To is { } last ? $"到 {last:yyyy年M月d日}" : "";
}
