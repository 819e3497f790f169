using FluentValidation;
using GaoXin.Portal.Kernel;
using MediatR;

namespace GaoXin.Portal.Complaints;

/// <summary>
/// Opens a complaint for somebody who is not signed in: number and the last four digits of the telephone, or the withdrawal code. The
/// answer is alike for unknown and wrong. After five wrong tries the number is locked for an hour for this network, see
/// <see cref="ComplaintProofs"/>; the signed-in owner never notices. A wrong try is an outcome, not an exception: it must stay counted.
/// </summary>
[ForAnyone]
public sealed record LookUpComplaint : ICommand<LookUpOutcome>
{
    /// <summary>诉求编号.</summary>
    public string? Number { get; init; }

    /// <summary>手机号后四位, or the withdrawal code.</summary>
    public string? Proof { get; init; }

    /// <summary>The name only.</summary>
    public override string ToString() => nameof(LookUpComplaint);
}

/// <summary>The pass, or why not.</summary>
public sealed record LookUpOutcome(string? Pass, Refusal? Refusal)
{
    /// <summary>Without the pass.</summary>
    public override string ToString() => nameof(LookUpOutcome);
}

internal sealed class LookUpComplaintValidator : AbstractValidator<LookUpComplaint>
{
    public LookUpComplaintValidator()
    {
        RuleFor(c => c.Number).Must(n => ComplaintNumber.Normalise(n) is not null).WithMessage("编号不对，可能抄错了一位。编号像 SQ-20261121-00042-K。");
        RuleFor(c => c.Proof).Must(p => Text.Compact(p).Length is 4 or 8 or 9).WithMessage("请填提交时留的手机号的后四位，或 8 位撤回码。");
    }
}

internal sealed class LookUpComplaintHandler(ComplaintProofs proofs, ComplaintPasses passes) : IRequestHandler<LookUpComplaint, LookUpOutcome>
{
    public async Task<LookUpOutcome> Handle(LookUpComplaint request, CancellationToken ct)
    {
        var (id, refusal) = await proofs.Open(ComplaintNumber.Normalise(request.Number)!, Text.Compact(request.Proof), ct);
        return id is { } found ? new LookUpOutcome(passes.Issue(found), null) : new LookUpOutcome(null, refusal);
    }
}
