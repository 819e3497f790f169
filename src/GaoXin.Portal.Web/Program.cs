using GaoXin.Portal;
using GaoXin.Portal.Web.Hosting;
using Microsoft.AspNetCore.HttpOverrides;

var builder = WebApplication.CreateBuilder(args);
builder.AddDevelopmentKeys();
builder.Services.AddPortal(builder.Configuration);
if (builder.Configuration.GetValue("Portal:Workers", defaultValue: true))
    builder.Services.AddPortalWorkers();
builder.Services.AddSingleton<Readiness>();
builder.Services.AddExceptionHandler<RefusedRequests>();
builder.Services.AddProblemDetails();
builder.Services.AddPortalIdentity(builder.Configuration);
builder.Services.AddPortalPages();
builder.Services.Configure<ForwardedHeadersOptions>(o => o.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto);

var app = builder.Build();
app.UseForwardedHeaders();
app.UseExceptionHandler();
app.UsePortalErrorPages();
app.UseStaticFiles();
app.UseRouting();
app.UseAuthentication();
app.UsePortalUser();
app.UseRateLimiter();
app.UseAuthorization();
app.MapPortalPages();
return await app.RunPortalAsync(args);

/// <summary>The program; public for the tests that start it in memory.</summary>
public partial class Program;
