using System.Runtime.CompilerServices;
using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using GaoXin.Portal.TestKit;
using MediatR;
using Microsoft.AspNetCore.DataProtection.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Tests.TestKit;

/// <summary>A host with a few requests and events of the tests' own, to try the pipeline and the outbox.</summary>
public sealed class ProbeHost : PortalHost
{
    protected override void Configure(IServiceCollection services)
    {
        services.AddScoped<IRequestHandler<StoreNote, string>, StoreNoteHandler>();
        services.AddScoped<IRequestHandler<StoreTwoNotes, string>, StoreTwoNotesHandler>();
        services.AddScoped<IRequestHandler<WithoutAccess, string>, WithoutAccessHandler>();
        services.AddScoped<IValidator<StoreNote>, StoreNoteValidator>();
        services.AddSingleton<ProbeDeliveries>();
    }

    [ModuleInitializer]
    internal static void IncludeHandlers() => EventHandlers.Include(typeof(ProbeHost).Assembly);
}

/// <summary>Stores a note; <c>Fails</c> makes the handler refuse after it has changed things.</summary>
[ForSignedIn]
public sealed record StoreNote(string Text, bool Fails = false) : ICommand<string>;

public sealed class StoreNoteValidator : AbstractValidator<StoreNote>
{
    public StoreNoteValidator() => RuleFor(r => r.Text).NotEmpty();
}

internal sealed class StoreNoteHandler(PortalDbContext db, TimeProvider clock) : IRequestHandler<StoreNote, string>
{
    public Task<string> Handle(StoreNote request, CancellationToken ct)
    {
        db.Add(new DataProtectionKey { FriendlyName = request.Text });
        db.Raise(new NoteStored(request.Text), clock.GetUtcNow());
        return request.Fails ? throw new RefusedException(new Refusal("probe.no", "这次不行，请再试一次。")) : Task.FromResult(request.Text);
    }
}

/// <summary>Sends two commands inside its own.</summary>
[ForSignedIn]
public sealed record StoreTwoNotes(string First, string Second, bool SecondFails = false) : ICommand<string>;

internal sealed class StoreTwoNotesHandler(IMediator mediator) : IRequestHandler<StoreTwoNotes, string>
{
    public async Task<string> Handle(StoreTwoNotes request, CancellationToken ct)
    {
        await mediator.Send(new StoreNote(request.First), ct);
        return await mediator.Send(new StoreNote(request.Second, request.SecondFails), ct);
    }
}

/// <summary>A request somebody forgot to guard.</summary>
public sealed record WithoutAccess : IQuery<string>;

internal sealed class WithoutAccessHandler : IRequestHandler<WithoutAccess, string>
{
    public Task<string> Handle(WithoutAccess request, CancellationToken ct) => Task.FromResult("open");
}

/// <summary>A note was stored. A text that starts with <c>fails</c> makes the delivery fail until it is mended.</summary>
public sealed record NoteStored(string Text) : IPublicEvent;

internal sealed class NoteStoredHandler(ProbeDeliveries deliveries, PortalDbContext db) : IEventHandler<NoteStored>
{
    public async Task Handle(NoteStored fact, CancellationToken ct)
    {
        db.Add(new DataProtectionKey { FriendlyName = "delivered " + fact.Text });
        await deliveries.Deliver(fact.Text, ct);
    }
}

internal sealed class ProbeDeliveries
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _texts = new();

    public bool Broken { get; set; }

    public Func<CancellationToken, Task>? Before { get; set; }

    public IReadOnlyList<string> Texts => [.. _texts];

    public async Task Deliver(string text, CancellationToken ct)
    {
        _texts.Enqueue(text);
        if (Before is not null)
            await Before(ct);
        if (Broken && text.StartsWith("fails", StringComparison.Ordinal))
            throw new InvalidOperationException("Broken as asked.");
    }
}
