using GaoXin.Portal.Kernel;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Serilog;
using Serilog.Core;
using Serilog.Events;
using Serilog.Formatting;

namespace GaoXin.Portal.Web.Tests.Hosting;

/// <summary>Greps what the portal's logger really writes.</summary>
public sealed class LoggingTests
{
    // Made-up numbers: the division code 000000 exists nowhere.
    private const string IdNumber = "00000019900101123X";
    private const string Mobile = "13800000000";

    [Theory]
    [InlineData("Person " + IdNumber + " asked")]
    [InlineData("身份证" + IdNumber + "，手机" + Mobile + "。")]
    [InlineData("phone" + Mobile)]
    [InlineData("+86" + Mobile)]
    [InlineData("138 0000 0000")]
    [InlineData("138-0000-0000")]
    [InlineData("0000001990010112３X")]
    public void A_personal_number_is_masked_in_any_text(string text)
    {
        var masked = PersonalNumbers.Mask(text);

        masked.ShouldNotBe(text);
        masked.ShouldContain("****");
        masked.ShouldNotContain(IdNumber);
        masked.ShouldNotContain(Mobile);
    }

    [Theory]
    [InlineData("4bf92f35771380000000012da6a3ce929")]
    [InlineData("0199c1a2-7f00-7d13-8000-13800000000a")]
    [InlineData("12.13800000000")]
    [InlineData("GX-2026-000138-4")]
    [InlineData("2026-11-22T08:00:00.1380000Z")]
    public void An_id_a_time_or_a_measure_is_left_alone(string text) => PersonalNumbers.Mask(text).ShouldBe(text);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void No_personal_number_reaches_the_output_by_any_way(bool readable)
    {
        var output = new Lines(readable);
        using var log = new LoggerConfiguration().WithPortalRules().WriteTo.Sink(output).CreateLogger();

        log.ForContext("Deep", new { Person = new { Id = IdNumber, Phones = new[] { Mobile } } }, destructureObjects: true)
            .ForContext("ByKey", new Dictionary<string, string> { [Mobile] = "x" })
            .ForContext("AsNumber", 13800000000L)
            .ForContext("RequestPath", "/sign/secret-link")
            .Error(new InvalidOperationException($"Duplicate {IdNumber}"), "Failed for {Phone} and literally " + IdNumber, Mobile);

        output.Text.ShouldContain("Failed for");
        output.Text.ShouldNotContain(IdNumber);
        output.Text.ShouldNotContain(Mobile);
        output.Text.ShouldNotContain("secret-link");
    }

    [Fact]
    public async Task The_request_line_names_the_route_and_the_status_but_neither_path_nor_query()
    {
        var output = new Lines(readable: false);
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Services.AddSerilog(log => log.WithPortalRules().WriteTo.Sink(output));
        await using var app = builder.Build();
        app.UsePortalRequestLog();
        app.MapGet("/verify/{code}", () => Results.NoContent());
        await app.StartAsync(TestContext.Current.CancellationToken);

        await app.GetTestClient().GetAsync("/verify/GX7K2M?phone=13800000000&token=hidden", TestContext.Current.CancellationToken);

        output.Text.ShouldContain("/verify/{code}");
        output.Text.ShouldContain("204");
        output.Text.ShouldContain("\"@tr\"");
        output.Text.ShouldNotContain("GX7K2M");
        output.Text.ShouldNotContain("hidden");
    }

    private sealed class Lines(bool readable) : ILogEventSink
    {
        private readonly ITextFormatter _formatter = Logging.Formatter(readable);
        private readonly StringWriter _writer = new();

        public string Text
        {
            get
            {
                lock (_writer)
                    return _writer.ToString();
            }
        }

        public void Emit(LogEvent logEvent)
        {
            lock (_writer)
                _formatter.Format(logEvent, _writer);
        }
    }
}
