using System.Threading.RateLimiting;
using CineGit.Hub.Platform.Http;

namespace CineGit.Hub.Features.Identity;

/// <summary>Counts attempts per address and per account; both must have room.</summary>
public sealed class AttemptLimit : IDisposable
{
    const int PerAccount = 10;
    const int PerAddress = 60;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    readonly PartitionedRateLimiter<string> accounts = Limiter(PerAccount);
    readonly PartitionedRateLimiter<string> addresses = Limiter(PerAddress);

    /// <summary>How long to wait; null when the attempt may go on.</summary>
    public TimeSpan? Take(HttpContext context, string? account)
    {
        using var byAddress = addresses.AttemptAcquire(RequestLimits.Network(context.Connection.RemoteIpAddress));
        if (!byAddress.IsAcquired) return Wait(byAddress);
        if (account is null) return null;
        using var byAccount = accounts.AttemptAcquire(account);
        return byAccount.IsAcquired ? null : Wait(byAccount);
    }

    public void Dispose()
    {
        accounts.Dispose();
        addresses.Dispose();
    }

    static TimeSpan Wait(RateLimitLease lease) =>
        lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window;

    static PartitionedRateLimiter<string> Limiter(int permits) => PartitionedRateLimiter.Create<string, string>(
        key => RateLimitPartition.GetFixedWindowLimiter(
            key, _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window, QueueLimit = 0 }));
}
