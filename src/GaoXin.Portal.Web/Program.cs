using GaoXin.Portal;
using GaoXin.Portal.Web.Api;
using GaoXin.Portal.Web.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.AddDevelopmentKeys();
builder.AddPortalLogging().AddPortalTelemetry().AddPortalHealth().AddPortalEdge();
builder.Services.AddPortal(builder.Configuration);
if (builder.Configuration.GetValue("Portal:Workers", defaultValue: true))
    builder.Services.AddPortalWorkers();
builder.Services.AddProblemDetails();
builder.Services.AddPortalIdentity(builder.Configuration, builder.Environment);
builder.Services.AddPortalPages(builder.Environment);
builder.Services.AddPortalApi();
builder.Services.AddHostedService<WarmUp>();
builder.Services.AddHostedService<SimulatedParties>();

var app = builder.Build();
app.UsePortalSecurityHeaders();
app.UsePortalEdge();
app.UsePortalRequestLog();
app.UsePortalErrorPages();
app.UseMiddleware<ApiProblems>();
app.UseMiddleware<RefusedRequests>();
app.UseRouting();
app.UseAuthentication();
app.UseMiddleware<BearerTokens>();
app.UsePortalUser();
app.UseRateLimiter();
app.UseAuthorization();
app.UsePortalAfterSignIn();
app.MapPortalHealth();
app.MapPortalPages();
app.MapPortalApi();
return await app.RunPortalAsync(args);

/// <summary>The program; public for the tests that start it in memory.</summary>
public partial class Program;
