using GaoXin.Portal.Cases;
using GaoXin.Portal.Catalogue;
using GaoXin.Portal.Kernel;
using GaoXin.Portal.Persistence;
using Microsoft.EntityFrameworkCore;

namespace GaoXin.Portal.Property;

/// <summary>
/// What the answers of a property form must agree with: the register, themselves, and other filings. What the register says of
/// a unit is told only to who has the certificate in hand, by its number.
/// </summary>
internal sealed class PropertyChecks(PortalDbContext db, IPropertyRegister register, PersonalDataCipher cipher)
{
    public async Task<IReadOnlyList<FieldProblem>> Of(CaseContext context, CancellationToken ct)
    {
        var problems = Holders(context.Answers).ToList();
        if (!PropertyUnitNumber.TryParse(context.Answers[PropertyFields.Unit], out var unit))
            return problems;
        problems.AddRange(Register(context, await register.Find(unit, ct)));
        var key = cipher.Hash(unit.Number, PropertyFiling.UnitKind);
        if (await db.PropertyFilings.AnyAsync(f => f.UnitKey == key && f.ServiceCode == context.Service.Code && f.EndedAt == null && f.CaseId != context.CaseId, ct))
            problems.Add(new FieldProblem(PropertyFields.Unit, PropertyRefusals.FiledAlready().Message));
        return problems;
    }

    /// <summary>Shares make a whole, sole ownership is one person's, and nobody stands in the list twice. Pure.</summary>
    public static IEnumerable<FieldProblem> Holders(Answers answers)
    {
        var rows = answers.Rows(PropertyFields.Holders);
        var seen = new HashSet<string>();
        foreach (var row in rows.Where(r => r[PropertyFields.HolderIdNo] is { } number && !seen.Add(number)))
            yield return new FieldProblem($"{PropertyFields.Holders}/{row.Id}/{PropertyFields.HolderIdNo}", "这个人已经填过了，请删掉一行");
        if (answers[PropertyFields.ShareForm] == PropertyFields.ShareFormSole && rows.Count > 1)
            yield return new FieldProblem(PropertyFields.ShareForm, $"填了 {rows.Count} 个人，不是单独所有。请改选共同共有或按份共有");
        if (answers[PropertyFields.ShareForm] is { } form && form != PropertyFields.ShareFormSole && rows.Count == 1)
            yield return new FieldProblem(PropertyFields.ShareForm, "只填了一个人，请选单独所有，或把其他共有人补上");
        if (answers[PropertyFields.ShareForm] != PropertyFields.ShareFormShares)
            yield break;
        var shares = rows.Select(r => (Row: r, Share: Shares.Parse(r[PropertyFields.HolderShare]))).ToList();
        foreach (var (row, _) in shares.Where(s => s.Share is null))
            yield return new FieldProblem($"{PropertyFields.Holders}/{row.Id}/{PropertyFields.HolderShare}", "请填份额，比如“1/2”或“50%”");
        if (shares.Count > 1 && shares.TrueForAll(s => s.Share is not null) && !Shares.AreWhole(shares.Select(s => s.Share!.Value)))
            yield return new FieldProblem($"{PropertyFields.Holders}/{shares[^1].Row.Id}/{PropertyFields.HolderShare}", "所有人的份额加起来要正好是 1，请核对");
    }

    /// <summary>What the register says against it. Pure.</summary>
    public static IEnumerable<FieldProblem> Register(CaseContext context, RegisterAnswer answer)
    {
        var service = context.Service.Code;
        if (answer.Silent)
            return [new FieldProblem(PropertyFields.Unit, "登记簿暂时查不到，交上来以后由工作人员核对", IsWarning: true)];
        if (service == PropertyServices.First)
            return answer.Unit is null ? [] : [new FieldProblem(PropertyFields.Unit, "这个单元已经登记过，不能再办首次登记。请核对单元号，或办转移、变更")];
        if (answer.Unit is not { } unit)
            return [new FieldProblem(PropertyFields.Unit, "登记簿里没有这个单元号，请对照证书或合同再看一遍")];
        if (!PropertyServices.HasCertificate(service))
            return unit.SealedOn is null ? [] : [new FieldProblem(PropertyFields.Unit, "这个单元现在不能网上办，请带合同到大厅不动产专区核对")];
        if (!unit.HasCertificate(context.Answers[PropertyFields.Certificate]))
            return [new FieldProblem(PropertyFields.Certificate, "证号和登记簿里这个单元的不一致，请对照证书再看一遍")];
        return Standing(context, service, unit);
    }

    private static IEnumerable<FieldProblem> Standing(CaseContext context, string service, RegisteredUnit unit)
    {
        if (unit.SealedOn is { } since)
            yield return new FieldProblem(PropertyFields.Unit, $"这处不动产 {since:yyyy年M月d日} 起被查封，解封以前不能办。请先联系作出查封的法院");
        if (unit.Objected)
            yield return new FieldProblem(PropertyFields.Unit, "这处不动产有异议登记，异议没有了结以前不能网上办。请到大厅不动产专区问明情况");
        if (unit.IsMortgaged && service == PropertyServices.Sale)
            yield return new FieldProblem(PropertyFields.Unit, "这处不动产有抵押。不用先还清，请改办“带押过户”");
        if (service == PropertyServices.Mortgaged && !unit.IsMortgaged)
            yield return new FieldProblem(PropertyFields.Unit, "登记簿里没有抵押，请改办“二手房过户”");
        if (service == PropertyServices.Mortgaged && unit.TransferForbidden)
            yield return new FieldProblem(PropertyFields.Unit, "抵押时约定了不能转让，原贷款银行同意并变更约定以后才能办。请先联系银行");
        if (context.Answers[PropertyFields.SellerIdNo] is { } seller && !unit.OwnerIdNumbers.Contains(seller))
            yield return new FieldProblem(PropertyFields.SellerIdNo, "卖方不是登记簿上的权利人，请核对身份证号");
    }
}
