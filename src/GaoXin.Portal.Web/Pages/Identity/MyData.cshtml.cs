using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using GaoXin.Portal.Identity;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Registration.Procedures;
using Microsoft.AspNetCore.Mvc;

namespace GaoXin.Portal.Web.Pages.Identity;

/// <summary>我的数据: what is stored about me, who read it and why (个人信息保护法 44, 45).</summary>
[ResponseCache(NoStore = true)]
public sealed class MyDataModel : PortalPage
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    [BindProperty(SupportsGet = true)]
    public string? After { get; set; }

    public MyProfile Profile { get; private set; } = null!;

    public Page<ReadOfMyData> Reads { get; private set; } = null!;

    public async Task OnGetAsync()
    {
        Profile = await Send(new GetMyProfile());
        Reads = await Send(new GetReadsOfMyData { After = After });
    }

    /// <summary>The person's own data as a file, in full. By POST, so that no link or picture can fetch it.</summary>
    public async Task<IActionResult> OnPostDownloadAsync()
    {
        var profile = await Send(new GetMyProfile());
        var data = new { profile.Name, profile.IdNumber, profile.Phone, profile.RealNameVerified, Objections = await Send(new GetMyObjections()), Reads = await AllReads() };
        return File(JsonSerializer.SerializeToUtf8Bytes(data, Readable), "application/json", "my-data.json");
    }

    private async Task<IReadOnlyList<ReadOfMyData>> AllReads()
    {
        var all = new List<ReadOfMyData>();
        string? after = null;
        do
        {
            var page = await Send(new GetReadsOfMyData { After = after });
            all.AddRange(page.Items);
            after = page.Next;
        }
        while (after is not null);
        return all;
    }
}
