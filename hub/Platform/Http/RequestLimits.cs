using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using CineGit.Hub.Platform.Auth;
using CineGit.Hub.Platform.Host;

namespace CineGit.Hub.Platform.Http;

/// <summary>
/// How many requests a person, or an address without one, may send. A bucket that fills evenly: a page that loads much at once
/// is let through, a program in a loop is slowed down. Each node counts for itself.
/// </summary>
public static class RequestLimits
{
    /// <summary>Of what is given in a minute, so much may come at once.</summary>
    const int BurstShare = 4;

    static readonly TimeSpan Period = TimeSpan.FromMilliseconds(500);

    static readonly int PeriodsAMinute = (int)(TimeSpan.FromMinutes(1) / Period);

    public static IServiceCollection AddRequestLimits(this IServiceCollection services, HubOptions options) =>
        services.AddRateLimiter(limits =>
        {
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
                SignedInUser.IdOf(context.User) is { } user
                    ? Bucket("person " + user.ToString("n"), options.RequestsPerPerson)
                    : Bucket("address " + Network(context.Connection.RemoteIpAddress), options.RequestsPerAddress));
            limits.OnRejected = async (rejected, _) => await Problems
                .SlowDown(rejected.HttpContext, rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Period)
                .ExecuteAsync(rejected.HttpContext);
        });

    /// <summary>One subscriber has a whole /64 of IPv6.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4().ToString();
        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    static RateLimitPartition<string> Bucket(string key, int perMinute) => RateLimitPartition.GetTokenBucketLimiter(
        key + perMinute.ToString(CultureInfo.InvariantCulture),
        _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(1, perMinute / BurstShare),
            TokensPerPeriod = Math.Max(1, perMinute / PeriodsAMinute),
            ReplenishmentPeriod = Period,
            QueueLimit = 0,
        });
}
