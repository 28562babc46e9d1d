using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>Which institution to offer a pool to.</summary>
/// <param name="InstitutionCode">Leave out for the first in rank.</param>
/// <param name="Reason">Why not the first in rank; needed then.</param>
public sealed record DispatchPool([Text(40)] string? InstitutionCode, [Text(200)] string? Reason);

internal static partial class DispatchPoolEndpoint
{
    public static void Map(RouteGroupBuilder pools) => pools.MapPost("/{poolId:guid}/dispatch", Handle).WithName("DispatchPool");

    /// <summary>Offers a ready pool to an institution (派单): the first in rank, or another with a reason.</summary>
    /// <response code="400">reason-needed, institution-not-found</response>
    /// <response code="404">pool-not-found</response>
    /// <response code="409">pool-not-ready, pool-already-dispatched, no-institution, institution-not-eligible</response>
    /// <response code="412">stale-version</response>
    private static async Task<Results<Ok<PoolView>, ProblemHttpResult>> Handle(
        string stationCode, Guid poolId, DispatchPool body, [FromHeader(Name = "If-Match")] string? ifMatch, DispatchDb db, TimeProvider clock, ILogger<DispatchModule> log, CancellationToken ct)
    {
        var pool = await db.Pools.SingleOrDefaultAsync(p => p.Id == poolId && p.StationCode == stationCode, ct);
        if (pool is null)
        {
            return PoolRefusals.NotFound.AsProblem();
        }

        if (Versions.Check(ifMatch, pool.Version) is { } stale)
        {
            return stale.AsProblem();
        }

        if (pool.State != PoolState.Ready)
        {
            return (pool.State is PoolState.Dispatching or PoolState.Accepted ? PoolRefusals.AlreadyDispatched : PoolRefusals.NotReady).AsProblem();
        }

        var now = clock.GetUtcNow();
        var course = await db.Courses.SingleAsync(c => c.Code == pool.CourseCode, ct);
        var ranking = await Candidates.For(db, pool, course, DispatchRules.On(clock.Today()), now, ct);
        var (chosen, refusal) = await Choose(body, ranking, db, ct);
        if (refusal is not null)
        {
            return refusal.AsProblem();
        }

        await Dispatching.Offer(db, pool, chosen!, body.Reason, now, ct);
        Pooling.Changed(db, pool, now);
        await db.SaveChangesAsync(ct);
        Log.Dispatched(log, pool.Id, pool.Attempt, chosen!.Facts.Institution.Code);
        return TypedResults.Ok(await PoolView.Read(db, pool, ct));
    }

    private static async Task<(Ranked? Chosen, Refusal? Refusal)> Choose(DispatchPool body, Ranking ranking, DispatchDb db, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(body.InstitutionCode))
        {
            return ranking.Candidates.Count > 0 ? (ranking.Candidates[0], null) : (null, PoolRefusals.NoInstitution);
        }

        var chosen = ranking.Candidates.SingleOrDefault(c => c.Facts.Institution.Code == body.InstitutionCode);
        if (chosen is null)
        {
            var known = await db.Institutions.AnyAsync(i => i.Code == body.InstitutionCode, ct);
            return (null, known ? PoolRefusals.InstitutionNotEligible : PoolRefusals.InstitutionUnknown);
        }

        return chosen.Rank > 1 && string.IsNullOrWhiteSpace(body.Reason) ? (null, PoolRefusals.ReasonNeeded) : (chosen, null);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Pool {PoolId} was offered, attempt {Attempt}, to {InstitutionCode}")]
        public static partial void Dispatched(ILogger logger, Guid poolId, int attempt, string institutionCode);
    }
}

/// <summary>派单: steps of several use cases; the caller saves, and says how the pool has changed.</summary>
internal static class Dispatching
{
    /// <summary>Offers a ready pool to a ranked institution.</summary>
    public static async Task Offer(DispatchDb db, DemandPool pool, Ranked chosen, string? chosenBecause, DateTimeOffset now, CancellationToken ct)
    {
        var offerId = db.NewId();
        if (pool.Dispatch(offerId, chosen.Facts.Institution, now) is { } refusal)
        {
            throw new InvalidOperationException($"A pool that was found ready says {refusal.Code}.");
        }

        var reasons = chosen.Rank == 1
            ? chosen.Reasons
            : [.. chosen.Reasons, new ReasonGiven { Code = "Chosen", Chinese = "站点工作人员改选了这家机构", English = "the station's staff chose this institution" }];
        await Add(db, pool, DispatchOffer.Make(offerId, pool.Id, pool.Attempt, chosen.Facts.Institution, reasons, forced: false, chosenBecause, now), now, ct);
    }

    /// <summary>Stores an offer and sends it, with everybody in the order of the queue.</summary>
    public static async Task Add(DispatchDb db, DemandPool pool, DispatchOffer offer, DateTimeOffset now, CancellationToken ct)
    {
        db.Offers.Add(offer);
        db.Publish(pool.Id, new ClassOffered
        {
            OfferId = offer.Id,
            PoolId = pool.Id,
            Attempt = offer.Attempt,
            InstitutionCode = offer.InstitutionCode,
            StationCode = pool.StationCode,
            DistrictCode = pool.DistrictCode,
            CourseCode = pool.CourseCode,
            TimePattern = pool.TimePattern,
            Learners = [.. (await Pooling.Members(db, pool.Id, ct)).Select(r => new OfferedLearner { RequestId = r.Id, ResidentId = r.ResidentId, QueuedAt = r.QueuedAt, Needs = r.Needs })],
            Reasons = offer.Reasons,
            Forced = offer.Forced,
            At = now,
        });
    }

    /// <summary>Offers a ready pool to the first in rank without a person; stays ready, and says so, when there is nobody.</summary>
    public static async Task Automatically(DispatchDb db, DemandPool pool, CourseCopy course, DispatchRules rules, bool sayWhenNobody, DateTimeOffset now, CancellationToken ct)
    {
        var ranking = await Candidates.For(db, pool, course, rules, now, ct);
        if (ranking.Candidates.Count > 0)
        {
            await Offer(db, pool, ranking.Candidates[0], null, now, ct);
        }
        else if (sayWhenNobody)
        {
            pool.Note(now, "NoCandidate", "可以自动派单，但现在没有符合条件的机构，请站点处理。", "It could be dispatched automatically, but no institution qualifies at present; the station should look.");
        }
    }

    /// <summary>After an offer failed: to the next in rank, or to the district when there is none or it failed too often.</summary>
    public static async Task Next(DispatchDb db, DemandPool pool, DispatchRules rules, DateTimeOffset now, CancellationToken ct)
    {
        if (pool.FailedOffers >= rules.Attempts)
        {
            pool.Escalate("TooManyFailed", $"已有 {pool.FailedOffers} 次派单没有成，请区里决定。", $"{pool.FailedOffers} offers came to nothing; the district decides.", now);
            return;
        }

        var course = await db.Courses.SingleAsync(c => c.Code == pool.CourseCode, ct);
        var ranking = await Candidates.For(db, pool, course, rules, now, ct);
        if (ranking.Candidates.Count > 0)
        {
            await Offer(db, pool, ranking.Candidates[0], null, now, ct);
        }
        else
        {
            pool.Escalate("NobodyLeft", "没有其他符合条件的机构了，请区里决定。", "No other institution qualifies; the district decides.", now);
        }
    }

    /// <summary>There is no class after all: who had an accepted pool waits in it again. When they are too few, those whom the district has gathered meanwhile join them.</summary>
    public static async Task PutBack(DispatchDb db, DemandPool pool, DateTimeOffset now, CancellationToken ct)
    {
        foreach (var request in (await Pooling.Members(db, pool.Id, ct)).Where(r => r.State == RequestState.Placed))
        {
            request.Unplace();
        }

        if (pool.State != PoolState.Forming)
        {
            return;
        }

        var others = await db.Pools
            .Where(p => p.CourseCode == pool.CourseCode && p.DistrictCode == pool.DistrictCode && p.TimePattern == pool.TimePattern && p.State == PoolState.Forming && p.Id != pool.Id)
            .OrderByDescending(p => p.Members).ThenBy(p => p.Id).ToListAsync(ct);
        foreach (var other in others.TakeWhile(_ => pool.Missing > 0))
        {
            await Pooling.TakeIn(db, pool, other, now, ct);
        }
    }
}
