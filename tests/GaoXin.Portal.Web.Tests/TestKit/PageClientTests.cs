using System.Net;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Web.Tests.TestKit;

/// <summary>The program with one form of the tests' own, to prove the client before it is trusted with real pages.</summary>
public sealed class ProbeFactory : PortalWebFactory
{
    protected override void Configure(IServiceCollection services)
    {
        services.AddAntiforgery();
        services.AddSingleton<IStartupFilter, ProbePages>();
    }

    private sealed class ProbePages : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Map("/probe", branch => branch.Run(context => HttpMethods.IsPost(context.Request.Method) ? Accept(context) : Show(context, "")));
            app.Use((context, following) =>
            {
                if (context.Request.Path == "/probe-who")
                    context.SetEndpoint(WhoPage);
                return following(context);
            });
            next(app);
        };

        /// <summary>Behind the whole pipeline, like a page.</summary>
        private static readonly Endpoint WhoPage =
            new(context => context.Response.WriteAsync(Who(context)), new EndpointMetadataCollection(new AllowAnonymousAttribute()), "who");

        private static string Who(HttpContext context)
        {
            var user = context.RequestServices.GetRequiredService<ICurrentUser>();
            return $"{user.Id} {user.IsStaff} {user.IsInRole(Roles.Officer)} {user.DepartmentCode} {user.ActingForEnterpriseId}";
        }

        private static async Task Accept(HttpContext context)
        {
            await context.RequestServices.GetRequiredService<IAntiforgery>().ValidateRequestAsync(context);
            var form = await context.Request.ReadFormAsync();
            if (form["phone"] == "")
            {
                context.Response.StatusCode = 422;
                await Show(context, "请填写手机号");
                return;
            }

            context.Response.Redirect($"/probe?done={Uri.EscapeDataString($"{form["phone"]} {form["kind"]} {form["agree"]} {form["button"]}")}");
        }

        private static async Task Show(HttpContext context, string error)
        {
            var token = context.RequestServices.GetRequiredService<IAntiforgery>().GetAndStoreTokens(context);
            await context.RequestServices.GetRequiredService<PortalDbContext>().DataProtectionKeys.CountAsync();
            context.Response.ContentType = "text/html; charset=utf-8";
            await context.Response.WriteAsync($"""
                <main><h1>试填 {context.Request.Query["done"]}</h1>
                <form method="post"><input type="hidden" name="{token.FormFieldName}" value="{token.RequestToken}">
                <div class="gx-field"><label for="p">手机号</label><p class="gx-error" id="e"><span><span class="vh">错误：</span>{error}</span></p>
                <input id="p" name="phone" aria-describedby="e"></div>
                <fieldset><legend>身份</legend><label><input type="radio" name="kind" value="a" checked>个人</label>
                <label><input type="radio" name="kind" value="b">企业</label></fieldset>
                <label><input type="checkbox" name="agree" value="yes">同意</label>
                <button name="button" value="save">保存</button><button name="button" value="next">继续</button></form></main>
                """);
        }
    }
}

public sealed class PageClientTests(ProbeFactory factory) : IClassFixture<ProbeFactory>
{
    [Fact]
    public async Task A_form_is_filled_by_labels_and_sent_with_its_token()
    {
        var page = await factory.Browse().Get("/probe");
        page = await page.ShouldBeOk().Form().Fill("手机号", "13800000000").Choose("身份", "企业").Tick("同意").Submit("继续");
        page.ShouldBeOk().Heading.ShouldBe("试填 13800000000 b yes next");
    }

    [Fact]
    public async Task An_error_is_found_at_its_field()
    {
        var page = await (await factory.Browse().Get("/probe")).Form().Submit();
        page.ShouldBe(HttpStatusCode.UnprocessableEntity).ErrorOf("手机号").ShouldBe("请填写手机号");
        page.Errors.ShouldBe(["请填写手机号"]);
    }

    [Fact]
    public async Task The_current_user_is_who_the_test_says()
    {
        var enterprise = Guid.NewGuid();
        var officer = TestUsers.Officer("market-regulation");
        var citizen = TestUsers.Citizen().ActingFor(enterprise);
        (await factory.Browse(officer).Get("/probe-who")).Html.ShouldContain($"{officer.Id} True True market-regulation");
        (await factory.Browse(citizen).Get("/probe-who")).Html.ShouldContain($"{citizen.Id} False False  {enterprise}");
    }

    [Fact]
    public async Task The_statements_of_a_page_are_counted()
    {
        var client = factory.Browse();
        await client.Get("/probe");
        var statements = await factory.Statements.During(() => client.Get("/probe"));
        statements.Count.ShouldBe(1);
    }
}
