using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch;

/// <summary>拼班: an admitted request goes into the fullest pool that suits it, or opens one. A step of several use cases; the caller saves.</summary>
internal static class Pooling
{
    /// <summary>A pool for a request; nothing is changed yet, except that a new pool is added when none suits.</summary>
    public static async Task<DemandPool> FindOrOpen(DispatchDb db, PooledRequest request, CourseCopy course, DispatchRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var district = request.DistrictCode;
        var times = request.Times.ToList();
        var neighbours = await Neighbours(db, district, rules, ct);
        var pool = await db.Pools
            .Where(p => p.CourseCode == request.CourseCode && (p.State == PoolState.Forming || p.State == PoolState.Ready) && p.Members < p.MaxSize && p.Id != request.PoolId)
            .Where(p => times.Contains(p.TimePattern) && (p.DistrictCode == district || (p.Widened && neighbours.Contains(p.DistrictCode))))
            .OrderByDescending(p => p.DistrictCode == district).ThenByDescending(p => p.Members).ThenBy(p => p.OpenedAt).ThenBy(p => p.Id)
            .FirstOrDefaultAsync(ct);
        if (pool is null)
        {
            pool = DemandPool.Open(db.NewId(), course, district, request.StationCode, times[0], now);
            db.Pools.Add(pool);
        }

        return pool;
    }

    /// <summary>Counts a request in that was just put into the pool, tells everybody, and dispatches at once what needs no person.</summary>
    public static async Task Enter(DispatchDb db, PooledRequest request, DemandPool pool, CourseCopy course, DispatchRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var before = pool.State;
        if (pool.Join(now) is { } refusal)
        {
            throw new InvalidOperationException($"A pool that was found open says {refusal.Code}.");
        }

        Announce(db, request, pool, now);
        if (pool.State == PoolState.Ready && course.AutoDispatch)
        {
            await Dispatching.Automatically(db, pool, course, rules, sayWhenNobody: before != PoolState.Ready, now, ct);
        }

        Changed(db, pool, now);
    }

    public static void Announce(DispatchDb db, PooledRequest request, DemandPool pool, DateTimeOffset now) => db.Publish(request.Id, new RequestPooled
    {
        RequestId = request.Id,
        PoolId = pool.Id,
        Turn = request.Turn,
        TimePattern = pool.TimePattern,
        QueuedAt = request.QueuedAt,
        At = now,
    });

    /// <summary>Says what the pool looks like after everything that this save changes.</summary>
    public static void Changed(DispatchDb db, DemandPool pool, DateTimeOffset now) => db.Publish(pool.Id, new PoolChanged
    {
        PoolId = pool.Id,
        Version = pool.Version,
        CourseCode = pool.CourseCode,
        TrainingKind = pool.TrainingKind,
        DistrictCode = pool.DistrictCode,
        StationCode = pool.StationCode,
        TimePattern = pool.TimePattern,
        State = pool.State.ToString(),
        Members = pool.Members,
        Threshold = pool.Threshold,
        Attempt = pool.Attempt,
        Widened = pool.Widened,
        At = now,
    });

    /// <summary>The requests that stand in a pool, in the order of the queue, with what this save has changed already.</summary>
    public static async Task<List<PooledRequest>> Members(DispatchDb db, Guid poolId, CancellationToken ct)
    {
        await db.Requests.Where(r => r.PoolId == poolId && (r.State == RequestState.Pooled || r.State == RequestState.Placed)).LoadAsync(ct);
        return [.. db.Requests.Local
            .Where(r => r.PoolId == poolId && r.State is (RequestState.Pooled or RequestState.Placed))
            .OrderBy(r => r.QueuedAt).ThenBy(r => r.Id)];
    }

    /// <summary>People of another pool come over, as far as there is room; they keep their place.</summary>
    public static async Task TakeIn(DispatchDb db, DemandPool pool, DemandPool other, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var request in (await Members(db, other.Id, ct)).Take(pool.MaxSize - pool.Members))
        {
            other.Leave(now);
            request.Move(pool.Id);
            pool.Join(now);
            Announce(db, request, pool, now);
        }

        Changed(db, other, now);
    }

    /// <summary>The districts whose widened pools people of this one may join, nearest first.</summary>
    public static async Task<List<string>> Neighbours(DispatchDb db, string district, DispatchRules rules, CancellationToken ct)
    {
        var districts = await db.Districts.AsNoTracking().ToListAsync(ct);
        return [.. Geo.NearestFirst(districts, district).Take(rules.NeighbourDistricts)];
    }
}
