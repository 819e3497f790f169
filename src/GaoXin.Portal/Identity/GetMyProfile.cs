using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Identity;

/// <summary>The signed-in citizen's own data, masked for display and in full for filling his own forms.</summary>
[ForCitizens]
public sealed record GetMyProfile : IQuery<MyProfile>;

/// <summary>One's own data. Never log it; show the masked values unless the person asks to see the full ones.</summary>
public sealed record MyProfile(Guid AccountId, bool RealNameVerified, string? Name, string? IdNumber, string Phone)
{
    /// <summary>李*.</summary>
    public string MaskedName => Masking.Name(Name);

    /// <summary>4101**********2847.</summary>
    public string MaskedIdNumber => Masking.IdNumber(IdNumber);

    /// <summary>138****0000.</summary>
    public string MaskedPhone => Masking.Mobile(Phone);

    /// <summary>The id only, so that a log line holds no personal data.</summary>
    public override string ToString() => $"Profile of {AccountId}";
}

internal sealed class GetMyProfileHandler(IPeople people, ICurrentUser user) : IRequestHandler<GetMyProfile, MyProfile>
{
    public async Task<MyProfile> Handle(GetMyProfile request, CancellationToken ct)
    {
        var person = await people.Find(user.Id, ct).OrNotFound("account");
        return new MyProfile(person.AccountId, person.IdNumber is not null, person.Name, person.IdNumber, person.Phone ?? "");
    }
}
