namespace GaoXin.Portal.Identity;

/// <summary>
/// The short-message gateway （短信网关）， an outside system. Call it from an event handler marked as calling outside,
/// never inside a transaction. A throw means: not sent, try again later with the same id.
/// </summary>
public interface ISmsGateway
{
    /// <summary>Sends one message, at most once per <see cref="SmsMessage.Id"/>.</summary>
    Task Send(SmsMessage message, CancellationToken ct);
}

/// <summary>One short message.</summary>
/// <param name="Id">Makes repeated sending harmless: the gateway drops an id it has already sent.</param>
/// <param name="PhoneNumber">11 digits.</param>
/// <param name="Text">The whole text with signature.</param>
public sealed record SmsMessage(Guid Id, string PhoneNumber, string Text)
{
    /// <summary>The id only, so that a log line holds neither number nor text.</summary>
    public override string ToString() => $"SMS {Id}";
}
