using FluentValidation;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using MediatR;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace GaoXin.Portal.Licences;

/// <summary>
/// States what the public should know of a holder besides the licence itself, for example 歇业: everybody who verifies a version of
/// the licence reads it. It is no part of what was signed. Without words the statement is taken back.
/// </summary>
[ForSystem]
public sealed record StateStanding : ICommand
{
    /// <summary>The kind of licence.</summary>
    public required string Kind { get; init; }

    /// <summary>The holder's number.</summary>
    public required string HolderKey { get; init; }

    /// <summary>A sentence, public; null takes it back.</summary>
    public string? Words { get; init; }

    /// <summary>First day it is shown.</summary>
    public DateOnly From { get; init; }

    /// <summary>Last day it is shown; null means without end.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>What is stated of a holder. One statement at a time: a new one takes the place of the last.</summary>
internal sealed class HolderStanding
{
    public required string Kind { get; init; }

    public required string HolderKey { get; init; }

    public required string Words { get; init; }

    public required DateOnly ShownFrom { get; init; }

    public required DateOnly? ShownTo { get; init; }
}

internal sealed class StateStandingValidator : AbstractValidator<StateStanding>
{
    public StateStandingValidator()
    {
        RuleFor(s => s.Kind).NotEmpty().MaximumLength(60);
        RuleFor(s => s.HolderKey).Matches("^[0-9A-Z]{1,40}$");
        RuleFor(s => s.Words).MaximumLength(200);
        RuleFor(s => s.To).GreaterThanOrEqualTo(s => s.From);
    }
}

internal sealed class StateStandingHandler(PortalDbContext db) : IRequestHandler<StateStanding, Unit>
{
    public async Task<Unit> Handle(StateStanding request, CancellationToken ct)
    {
        await db.HolderStandings.Where(s => s.Kind == request.Kind && s.HolderKey == request.HolderKey).ExecuteDeleteAsync(ct);
        if (request.Words is { } words)
            db.Add(new HolderStanding { Kind = request.Kind, HolderKey = request.HolderKey, Words = words, ShownFrom = request.From, ShownTo = request.To });
        return Unit.Value;
    }
}

internal static class HolderStandings
{
    public static IQueryable<HolderStanding> StandingOn(this IQueryable<HolderStanding> standings, string kind, string holder, DateOnly day) =>
        standings.Where(s => s.Kind == kind && s.HolderKey == holder && s.ShownFrom <= day && (s.ShownTo == null || s.ShownTo >= day));
}

internal sealed class HolderStandingConfiguration : IEntityTypeConfiguration<HolderStanding>
{
    public void Configure(EntityTypeBuilder<HolderStanding> builder)
    {
        builder.ToTable("standings", "licences", table => table.HasCheckConstraint("ck_standings_days", "shown_to IS NULL OR shown_to >= shown_from"));
        builder.HasKey(s => new { s.Kind, s.HolderKey });
        builder.Property(s => s.Kind).HasMaxLength(60);
        builder.Property(s => s.HolderKey).HasMaxLength(40);
        builder.Property(s => s.Words).HasMaxLength(200);
    }
}
