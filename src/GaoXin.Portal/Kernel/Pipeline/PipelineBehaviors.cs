using System.Diagnostics;
using System.Reflection;
using FluentValidation;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace GaoXin.Portal.Kernel.Pipeline;

/// <summary>Logs the request's name, outcome and duration; never its content.</summary>
internal sealed partial class LoggingBehavior<TRequest, TResponse>(ILogger<LoggingBehavior<TRequest, TResponse>> logger)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        var started = Stopwatch.GetTimestamp();
        using var activity = PortalTelemetry.Source.StartActivity(typeof(TRequest).Name);
        try
        {
            var response = await next();
            Done(typeof(TRequest).Name, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            return response;
        }
        catch (RefusedException refused)
        {
            Refused(typeof(TRequest).Name, refused.Message);
            throw;
        }
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Debug, Message = "{Request} done in {Milliseconds:0.0} ms")]
    private partial void Done(string request, double milliseconds);

    [LoggerMessage(EventId = 2, Level = LogLevel.Information, Message = "{Request} refused: {Codes}")]
    private partial void Refused(string request, string codes);
}

/// <summary>Lets a request through only when its <see cref="AccessAttribute"/> admits the current user; denies when it has none.</summary>
internal sealed class AuthorizationBehavior<TRequest, TResponse>(ICurrentUser user) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private static readonly AccessAttribute? Access = typeof(TRequest).GetCustomAttribute<AccessAttribute>();

    public Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next) =>
        user.IsSystem || Access?.Admits(user) == true ? next() : throw new AccessDeniedException(typeof(TRequest).Name);
}

/// <summary>Runs the validators of the request; malformed input never reaches a handler.</summary>
internal sealed class ValidationBehavior<TRequest, TResponse>(IEnumerable<IValidator<TRequest>> validators)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        foreach (var validator in validators)
        {
            var result = await validator.ValidateAsync(request, ct);
            if (!result.IsValid)
                throw new ValidationException(result.Errors);
        }

        return await next();
    }
}

/// <summary>Tries an <see cref="IRepeatable"/> command again when its transaction met a rival; a nested one leaves that to the outer.</summary>
internal sealed class RepeatBehavior<TRequest, TResponse>(PortalDbContext db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    private const int MostTries = 4;

    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        if (request is not IRepeatable || db.Database.CurrentTransaction is not null)
            return await next();
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await next();
            }
            catch (Exception error) when (tries < MostTries && MetRival(error))
            {
                db.ChangeTracker.Clear();
            }
        }
    }

    private static bool MetRival(Exception error) => (error as PostgresException ?? error.InnerException as PostgresException) is { } met
        && (met.SqlState is PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected
            || (met.SqlState == PostgresErrorCodes.UniqueViolation && met.ConstraintName?.EndsWith("_number", StringComparison.Ordinal) == true));
}

/// <summary>
/// One transaction per command, saved and committed here. A command sent by another command's handler joins its
/// transaction. NOTIFY wakes the outbox
/// workers of all instances when the commit is through.
/// </summary>
internal sealed class TransactionBehavior<TRequest, TResponse>(PortalDbContext db) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : IRequest<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken ct, RequestHandlerDelegate<TResponse> next)
    {
        if (request is not ICommand<TResponse>)
            return await next();
        if (db.Database.CurrentTransaction is not null)
        {
            var inner = await next();
            await db.SaveChangesAsync(ct);
            return inner;
        }

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        try
        {
            var response = await next();
            await db.SaveChangesAsync(ct);
            if (db.TakeRaisedFlag())
                await db.Database.ExecuteSqlAsync($"SELECT pg_notify({Outbox.Channel}, '')", ct);
            await transaction.CommitAsync(ct);
            return response;
        }
        catch
        {
            // What the handler changed in memory must not leak into a later save of the same scope.
            db.ChangeTracker.Clear();
            throw;
        }
    }
}
