namespace GaoXin.Portal.Property;

/// <summary>Keys of the dictionary and codes of services that the rules read.</summary>
internal static class PropertyFields
{
    public const string Unit = "property.unitNo";
    public const string Location = "property.location";
    public const string Area = "property.area";
    public const string Use = "property.use";
    public const string Certificate = "property.certificateNo";
    public const string ShareForm = "property.shareForm";
    public const string ShareFormShares = "shares";
    public const string ShareFormSole = "sole";
    public const string Holders = "propertyHolders";
    public const string HolderName = "propertyHolder.name";
    public const string HolderIdNo = "propertyHolder.idNo";
    public const string HolderShare = "propertyHolder.share";
    public const string SellerIdNo = "propertySeller.idNo";
}

/// <summary>The services that are not like the others.</summary>
internal static class PropertyServices
{
    public const string First = "estate-first-registration";
    public const string Batch = "estate-batch-transfer";
    public const string Sale = "estate-sale-transfer";
    public const string Mortgaged = "estate-mortgaged-transfer";
    public const string Mortgage = "mortgage-registration";

    /// <summary>Without a certificate of an earlier right: new housing and what is registered for the first time.</summary>
    public static bool HasCertificate(string service) => service is not (First or Batch);
}
