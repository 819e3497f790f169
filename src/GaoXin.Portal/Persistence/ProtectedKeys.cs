using System.Xml.Linq;
using GaoXin.Portal.Kernel;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption;
using Microsoft.AspNetCore.DataProtection.AuthenticatedEncryption.ConfigurationModel;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace GaoXin.Portal.Persistence;

/// <summary>
/// The keys of cookies and form tokens (data protection) live in the database, so that all instances read each other's
/// cookies and a restart signs nobody out. They are encrypted with the personal-data key, which is not in the database:
/// whoever holds only a copy of the database can forge no cookie.
/// </summary>
internal sealed class ProtectedKeys : ICapability
{
    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        // AES-GCM is the cheaper of the two authenticated ciphers offered; every signed-in page opens a cookie and seals a form token.
        services.AddDataProtection().SetApplicationName("GaoXin.Portal").PersistKeysToDbContext<PortalDbContext>()
            .UseCryptographicAlgorithms(new AuthenticatedEncryptorConfiguration { EncryptionAlgorithm = EncryptionAlgorithm.AES_256_GCM });
        services.AddOptions<KeyManagementOptions>()
            .Configure<PersonalDataCipher>((options, cipher) => options.XmlEncryptor = new KeyXmlEncryptor(cipher));
    }
}

/// <summary>Encrypts one key as it is written.</summary>
internal sealed class KeyXmlEncryptor(PersonalDataCipher cipher) : IXmlEncryptor
{
    public const string Purpose = "kernel.data-protection-key";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var secret = cipher.Protect(plaintextElement.ToString(SaveOptions.DisableFormatting), Purpose);
        return new EncryptedXmlInfo(new XElement("portalKey", Convert.ToBase64String(secret)), typeof(KeyXmlDecryptor));
    }
}

/// <summary>Opens one key as it is read. Data protection makes it by name, with the container.</summary>
internal sealed class KeyXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var cipher = services.GetRequiredService<PersonalDataCipher>();
        return XElement.Parse(cipher.Unprotect(Convert.FromBase64String(encryptedElement.Value), KeyXmlEncryptor.Purpose));
    }
}
