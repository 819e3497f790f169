using MediatR;

namespace GaoXin.Portal.Kernel;

/// <summary>A request that changes something. It runs in one transaction, saved by the pipeline.</summary>
public interface ICommand<out TResult> : IRequest<TResult>;

/// <summary>A command without an answer.</summary>
public interface ICommand : ICommand<Unit>;

/// <summary>A request that only reads. It runs without a transaction and must not save.</summary>
public interface IQuery<out TResult> : IRequest<TResult>;

/// <summary>
/// A fact in the past tense that other capabilities may act on. It is stored as one outbox row per handler in the
/// transaction that raised it and delivered after the commit, at least once.
/// </summary>
public interface IPublicEvent;

/// <summary>Acts on one event, in a transaction of its own. Delivered at least once: a handler must be repeatable.</summary>
public interface IEventHandler<in TEvent>
    where TEvent : IPublicEvent
{
    /// <summary>Acts on the fact. A throw leaves the row for a later try.</summary>
    Task Handle(TEvent fact, CancellationToken ct);
}

/// <summary>
/// A request that asks an outside system. It runs without a transaction, so that none stays open while the other side
/// thinks; what it stores it sends as commands.
/// </summary>
public interface IOutsideRequest<out TResult> : IRequest<TResult>;

/// <summary>
/// A command that may be tried again when the database says that it met a rival (serialisation failure, deadlock, a drawn
/// number that was taken): nothing but its transaction has happened, and that was rolled back.
/// </summary>
public interface IRepeatable;
