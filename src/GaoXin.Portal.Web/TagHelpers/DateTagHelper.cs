using System.Globalization;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.Razor.TagHelpers;

namespace GaoXin.Portal.Web.TagHelpers;

/// <summary>
/// A day or an instant in China's civil time, in a time element that never breaks. 2026年11月22日; the year is left out
/// for this year when <see cref="Brief"/>; 11月26日（周四）10:00 with week day and time; 11-23 09:12 in staff tables.
/// </summary>
[HtmlTargetElement("gx-date", TagStructure = TagStructure.NormalOrSelfClosing)]
public sealed class DateTagHelper(TimeProvider clock) : TagHelper
{
    private const string Days = "日一二三四五六";

    /// <summary>A DateOnly or a DateTimeOffset; null writes nothing.</summary>
    public object? Value { get; set; }

    /// <summary>Leaves out the current year.</summary>
    public bool Brief { get; set; }

    /// <summary>Adds （周四）.</summary>
    public bool Weekday { get; set; }

    /// <summary>Adds 10:00.</summary>
    public bool Time { get; set; }

    /// <summary>The table form, 11-23 09:12.</summary>
    public bool Short { get; set; }

    /// <inheritdoc />
    public override void Process(TagHelperContext context, TagHelperOutput output)
    {
        if (Value is null)
        {
            output.SuppressOutput();
            return;
        }

        output.TagName = "time";
        output.TagMode = TagMode.StartTagAndEndTag;
        output.Attributes.SetAttribute("class", "gx-date");
        var (day, time, machine) = Parts(Value);
        output.Attributes.SetAttribute("datetime", machine);
        output.Content.SetContent(Short ? ShortForm(day, time) : LongForm(day, time));
    }

    private static (DateOnly Day, TimeOnly? Time, string Machine) Parts(object value) => value switch
    {
        DateOnly day => (day, null, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        DateTimeOffset instant => (instant.Day(), TimeOnly.FromTimeSpan(instant.Local().TimeOfDay),
            instant.Local().ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture)),
        _ => throw new ArgumentException($"gx-date shows DateOnly and DateTimeOffset, not {value.GetType().Name}."),
    };

    private string LongForm(DateOnly day, TimeOnly? time)
    {
        var year = Brief && day.Year == clock.Today().Year ? "" : $"{day.Year}年";
        var week = Weekday ? $"（周{Days[(int)day.DayOfWeek]}）" : "";
        var clockTime = Time && time is { } at ? (Weekday ? "" : " ") + at.ToString("HH:mm", CultureInfo.InvariantCulture) : "";
        return $"{year}{day.Month}月{day.Day}日{week}{clockTime}";
    }

    private static string ShortForm(DateOnly day, TimeOnly? time) =>
        day.ToString("MM-dd", CultureInfo.InvariantCulture) + (time is { } at ? at.ToString(" HH:mm", CultureInfo.InvariantCulture) : "");
}
