using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;

namespace SkillStation.Dispatch;

/// <summary>Nobody dispatched a ready pool in time: the district decides; when it does not, the city sees it. Nothing is decided by silence.</summary>
internal static class Escalation
{
    public static async Task Due(DispatchDb db, Guid poolId, TimeProvider clock, CancellationToken ct)
    {
        var pool = await db.Pools.SingleOrDefaultAsync(p => p.Id == poolId, ct);
        if (pool is not null && pool.Escalate("NotDispatchedInTime", "站点到时间没有派单，请区里决定。", "The station did not dispatch it in time; the district decides.", clock.GetUtcNow()) is null)
        {
            Pooling.Changed(db, pool, clock.GetUtcNow());
        }
    }

    public static async Task LastDue(DispatchDb db, Guid poolId, TimeProvider clock, CancellationToken ct)
    {
        var pool = await db.Pools.SingleOrDefaultAsync(p => p.Id == poolId, ct);
        if (pool is not null && pool.EscalateToCity(clock.GetUtcNow()) is null)
        {
            Pooling.Changed(db, pool, clock.GetUtcNow());
        }
    }
}
