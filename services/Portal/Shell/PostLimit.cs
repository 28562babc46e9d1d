using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using SkillStation.Portal.Session;

namespace SkillStation.Portal.Shell;

/// <summary>How many forms one visitor may send in a minute: counted by session, or by address for those who have none.</summary>
internal sealed class PostLimit(IOptions<PortalOptions> options) : IDisposable
{
    private readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetFixedWindowLimiter(
        context.Features.Get<Visitor>()?.SessionKey ?? context.Connection.RemoteIpAddress?.ToString() ?? "",
        _ => new FixedWindowRateLimiterOptions { PermitLimit = options.Value.PostsPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));

    public bool Allows(HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    public void Dispose() => limiter.Dispose();
}
