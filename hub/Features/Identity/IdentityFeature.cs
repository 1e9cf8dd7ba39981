using CineGit.Hub.Features.Identity.Providers;
using CineGit.Hub.Platform.Host;
using CineGit.Hub.Platform.Mail;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.AspNetCore.Identity;

namespace CineGit.Hub.Features.Identity;

public static class IdentityFeature
{
    const int Iterations = 210_000;
    const int MostFailures = 10;

    static readonly TimeSpan Rest = TimeSpan.FromMinutes(15);
    static readonly TimeSpan LetterLifetime = TimeSpan.FromHours(1);

    public static IServiceCollection AddIdentity(this IServiceCollection services)
    {
        services.AddPeople();
        services.AddSingleton<AttemptLimit>();
        services.AddSingleton<SessionStore>().AddSingleton<SetupStore>().AddSingleton<DeviceStore>().AddSingleton<AccessStore>();
        services.AddSingleton<SetupParts>().AddSingleton<SetupLink>();
        services.AddHostedService(provider => provider.GetRequiredService<SetupLink>());
        services.AddSingleton<ExpiredRowStore>();
        services.AddSingleton<ExpiredRows>();
        services.AddHostedService(provider => provider.GetRequiredService<ExpiredRows>());
        services.AddOptions<MailOptions>().BindConfiguration(MailOptions.Section);
        services.AddSingleton<PublicAddress>().AddSingleton<MailQueue>();
        services.AddHostedService(provider => provider.GetRequiredService<MailQueue>());
        return services;
    }

    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        routes.MapSetup();
        routes.MapSession();
        routes.MapDevices();
        routes.MapAccess();
        routes.MapPasswords();
        routes.MapTwoFactor();
        routes.MapProviders();
    }

    /// <summary>The framework's user management over the hub's own tables.</summary>
    static void AddPeople(this IServiceCollection services)
    {
        services.AddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>().AddSingleton<UnknownPerson>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = Iterations);
        services.Configure<DataProtectionTokenProviderOptions>(letters => letters.TokenLifespan = LetterLifetime);
        services.AddScoped<ILookupNormalizer, AsTyped>();
        services.AddIdentityCore<Person>(identity =>
            {
                identity.User.AllowedUserNameCharacters = "";
                identity.Password = new PasswordOptions
                {
                    RequiredLength = PasswordRules.Shortest,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                };
                identity.Lockout = new LockoutOptions { MaxFailedAccessAttempts = MostFailures, DefaultLockoutTimeSpan = Rest };
            })
            .AddPasswordValidator<PasswordRules>()
            .AddTokenProvider<DataProtectorTokenProvider<Person>>(TokenOptions.DefaultProvider);
        services.AddScoped<PersonStore>().AddScoped<SignIn>();
        services.AddScoped<IUserStore<Person>>(provider => provider.GetRequiredService<PersonStore>());
        services.AddDataProtection().SetApplicationName("CineGit hub");
        services.AddOptions<KeyManagementOptions>().Configure<HubFolder, ILoggerFactory>((keys, folder, loggers) =>
        {
            // Whoever reads the data folder reads the database too, so another key beside it would protect nothing.
            keys.XmlEncryptor = new NullXmlEncryptor();
            keys.XmlRepository = new FileSystemXmlRepository(KeyFolder(folder), loggers);
        });
    }

    static DirectoryInfo KeyFolder(HubFolder folder)
    {
        const UnixFileMode ownerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        var path = Path.Combine(folder.Path, "keys");
        return OperatingSystem.IsWindows() ? Directory.CreateDirectory(path) : Directory.CreateDirectory(path, ownerOnly);
    }
}
