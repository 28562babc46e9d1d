using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>A pool with everything that the station may know of it.</summary>
/// <param name="Members">In the order of the queue; requests only, no names.</param>
/// <param name="Missing">People still needed to open a class.</param>
/// <param name="DueAt">Until when the present state has time; null when no clock runs.</param>
/// <param name="History">Oldest first.</param>
/// <param name="Offers">Oldest first, with the reasons of then and the answers.</param>
public sealed record PoolView(
    Guid Id, string CourseCode, string CourseName, string CourseNameEn, string DistrictCode, string StationCode, string TimePattern, string State, int MemberCount, int Threshold, int MaxSize,
    int Missing, int Attempt, bool Widened, bool EscalatedToCity, DateTimeOffset? DueAt, IReadOnlyList<PoolMemberView> Members, IReadOnlyList<PoolEventView> History,
    IReadOnlyList<OfferView> Offers, int Version) : IVersionedView
{
    internal static async Task<PoolView> Read(DispatchDb db, DemandPool pool, CancellationToken ct)
    {
        var course = await db.Courses.AsNoTracking().SingleAsync(c => c.Code == pool.CourseCode, ct);
        var over = pool.State == PoolState.Closed;
        var members = await db.Requests.AsNoTracking()
            .Where(r => r.PoolId == pool.Id && (r.State == RequestState.Pooled || r.State == RequestState.Placed || (over && r.State == RequestState.Done)))
            .OrderBy(r => r.QueuedAt).ThenBy(r => r.Id).Select(r => new { r.Id, r.QueuedAt }).ToListAsync(ct);
        var history = await db.Set<PoolEvent>().AsNoTracking().Where(e => EF.Property<Guid>(e, "PoolId") == pool.Id).OrderBy(e => e.Seq).ToListAsync(ct);
        var offers = await db.Offers.AsNoTracking().Where(o => o.PoolId == pool.Id).OrderBy(o => o.Attempt).ToListAsync(ct);
        var due = await PoolSummary.DueTimes(db, [pool], ct);
        return new PoolView(
            pool.Id, pool.CourseCode, course.Name, course.NameEn, pool.DistrictCode, pool.StationCode, pool.TimePattern, pool.State.ToString(), pool.Members, pool.Threshold, pool.MaxSize,
            pool.Missing, pool.Attempt, pool.Widened, pool.EscalatedToCity, due(pool),
            [.. members.Select((m, i) => new PoolMemberView(i + 1, m.Id, m.QueuedAt))],
            [.. history.Select(e => new PoolEventView(e.At, e.Code, Language.Pick(e.Chinese, e.English)))],
            [.. offers.Select(o => new OfferView(
                o.Id, o.Attempt, o.InstitutionCode, o.InstitutionName, o.InstitutionNameEn, o.Forced, o.State.ToString(), o.AnswerCode, o.ChosenBecause, o.Reasons, o.OfferedAt, o.AnsweredAt, o.ClassId))],
            pool.Version);
    }
}

/// <param name="Place">1 for the first in the queue.</param>
public sealed record PoolMemberView(int Place, Guid RequestId, DateTimeOffset QueuedAt);

/// <summary>One line of a pool's history, in the reader's language.</summary>
public sealed record PoolEventView(DateTimeOffset At, string Code, string Text);

/// <param name="State">Offered, Accepted, Declined, Returned, Lapsed, NotScheduled, Revoked, Cancelled or Held.</param>
/// <param name="AnswerCode">Code of the decline, or why it was taken back or cancelled.</param>
/// <param name="ChosenBecause">Why a person chose otherwise than the ranking, or assigned it.</param>
public sealed record OfferView(
    Guid Id, int Attempt, string InstitutionCode, string Name, string NameEn, bool Forced, string State, string? AnswerCode, string? ChosenBecause, IReadOnlyList<ReasonGiven> Reasons,
    DateTimeOffset OfferedAt, DateTimeOffset? AnsweredAt, Guid? ClassId);

/// <summary>A pool in a list.</summary>
/// <param name="Missing">People still needed to open a class.</param>
/// <param name="DueAt">Until when the present state has time; null when no clock runs.</param>
public sealed record PoolSummary(
    Guid Id, string CourseCode, string CourseName, string CourseNameEn, string StationCode, string TimePattern, string State, int MemberCount, int Threshold, int Missing, int Attempt,
    bool Widened, bool EscalatedToCity, DateTimeOffset OpenedAt, DateTimeOffset? DueAt, int Version) : IVersionedView
{
    internal static async Task<List<PoolSummary>> Of(DispatchDb db, IReadOnlyList<DemandPool> pools, CancellationToken ct)
    {
        var codes = pools.Select(p => p.CourseCode).Distinct().ToList();
        var courses = await db.Courses.AsNoTracking().Where(c => codes.Contains(c.Code)).ToDictionaryAsync(c => c.Code, ct);
        var due = await DueTimes(db, pools, ct);
        return [.. pools.Select(p => new PoolSummary(
            p.Id, p.CourseCode, courses[p.CourseCode].Name, courses[p.CourseCode].NameEn, p.StationCode, p.TimePattern, p.State.ToString(), p.Members, p.Threshold, p.Missing, p.Attempt,
            p.Widened, p.EscalatedToCity, p.OpenedAt, due(p), p.Version))];
    }

    /// <summary>Looks up the clock that belongs to each pool's state.</summary>
    internal static async Task<Func<DemandPool, DateTimeOffset?>> DueTimes(DispatchDb db, IReadOnlyList<DemandPool> pools, CancellationToken ct)
    {
        var subjects = pools.Select(p => Clock(p)?.Subject).OfType<Guid>().ToList();
        var set = await db.Deadlines.AsNoTracking().Where(d => subjects.Contains(d.SubjectId)).ToListAsync(ct);
        return pool => Clock(pool) is { } clock ? set.SingleOrDefault(d => d.SubjectId == clock.Subject && d.Kind == clock.Kind)?.DueAt : null;
    }

    private static (string Kind, Guid Subject)? Clock(DemandPool pool) => pool.State switch
    {
        PoolState.Forming => (pool.Widened ? DeadlineKinds.PoolWidenedClose : DeadlineKinds.PoolClose, pool.Id),
        PoolState.Ready => (DeadlineKinds.PoolDispatch, pool.Id),
        PoolState.Dispatching => (DeadlineKinds.OfferAnswer, pool.OfferId!.Value),
        PoolState.Accepted => (DeadlineKinds.ClassScheduling, pool.ClassId!.Value),
        PoolState.Escalated => (DeadlineKinds.ForcedDecision, pool.Id),
        _ => null,
    };
}

internal static class GetPoolEndpoint
{
    public static void Map(RouteGroupBuilder pools) => pools.MapGet("/{poolId:guid}", Handle).WithName("GetPool");

    /// <summary>A pool that the station looks after: its queue, its history, its offers.</summary>
    /// <response code="404">pool-not-found</response>
    private static async Task<Results<Ok<PoolView>, ProblemHttpResult>> Handle(string stationCode, Guid poolId, DispatchDb db, CancellationToken ct)
    {
        var pool = await db.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Id == poolId && p.StationCode == stationCode, ct);
        return pool is null ? PoolRefusals.NotFound.AsProblem() : TypedResults.Ok(await PoolView.Read(db, pool, ct));
    }
}
