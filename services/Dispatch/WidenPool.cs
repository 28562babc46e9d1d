using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform;

namespace SkillStation.Dispatch;

/// <summary>Too few people came in time: once the pool is opened to neighbouring districts, then it is given up.</summary>
internal static class Widening
{
    public static async Task Due(DispatchDb db, Guid poolId, TimeProvider clock, CancellationToken ct)
    {
        var pool = await db.Pools.SingleOrDefaultAsync(p => p.Id == poolId, ct);
        var now = clock.GetUtcNow();
        if (pool is null || pool.Widen(now) is not null)
        {
            return;
        }

        var rules = DispatchRules.On(clock.Today());
        var course = await db.Courses.SingleAsync(c => c.Code == pool.CourseCode, ct);
        await TakeInNeighbour(db, pool, rules, now, ct);
        if (pool.State == PoolState.Ready && course.AutoDispatch)
        {
            await Dispatching.Automatically(db, pool, course, rules, sayWhenNobody: true, now, ct);
        }

        Pooling.Changed(db, pool, now);
    }

    public static async Task LastDue(DispatchDb db, Guid poolId, TimeProvider clock, CancellationToken ct)
    {
        var pool = await db.Pools.SingleOrDefaultAsync(p => p.Id == poolId, ct);
        if (pool is { State: PoolState.Forming, Widened: true })
        {
            await GivingUp.Close(db, pool, "TooFewPeople", "扩大以后到时间还是人数不够，没有拼成。", "Still too few people after widening; no class came of it.", clock.GetUtcNow(), ct);
        }
    }

    /// <summary>The nearest district that gathers people for the same course and times gives them to this pool, as far as there is room; they keep their place.</summary>
    private static async Task TakeInNeighbour(DispatchDb db, DemandPool pool, DispatchRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var neighbours = await Pooling.Neighbours(db, pool.DistrictCode, rules, ct);
        var others = await db.Pools
            .Where(p => p.CourseCode == pool.CourseCode && p.TimePattern == pool.TimePattern && p.State == PoolState.Forming && p.Id != pool.Id && neighbours.Contains(p.DistrictCode))
            .ToListAsync(ct);
        var other = others.OrderBy(p => neighbours.IndexOf(p.DistrictCode)).ThenByDescending(p => p.Members).ThenBy(p => p.Id).FirstOrDefault();
        if (other is not null)
        {
            await Pooling.TakeIn(db, pool, other, now, ct);
        }
    }
}
