using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform;

namespace SkillStation.Dispatch;

/// <summary>The institutions that hold, or held, a qualification for a pool's course.</summary>
/// <param name="Candidates">Those that may be offered the pool, the best first.</param>
/// <param name="FilteredOut">Those that may not, and why.</param>
public sealed record CandidatesView(IReadOnlyList<CandidateView> Candidates, IReadOnlyList<FilteredOutView> FilteredOut);

/// <summary>One institution with the numbers that its place comes from.</summary>
/// <param name="Km">From the pool's station, as the crow flies.</param>
/// <param name="Load">Offers open or accepted whose class is not over.</param>
/// <param name="Quality">0 to 1: the starting quality, moved by ratings as they come.</param>
public sealed record CandidateView(
    int Rank, string InstitutionCode, string Name, string NameEn, double Score, double Km, int Load, double Quality, int Ratings, IReadOnlyList<ReasonGiven> Reasons);

/// <summary>An institution that cannot be offered the pool now.</summary>
public sealed record FilteredOutView(string InstitutionCode, string Name, string NameEn, double Km, IReadOnlyList<ReasonGiven> Reasons);

internal static class ListCandidatesEndpoint
{
    public static void Map(RouteGroupBuilder pools) => pools.MapGet("/{poolId:guid}/candidates", Handle).WithName("ListCandidates");

    /// <summary>Institutions for a pool in the order in which it would be offered to them, and those filtered out with the reason why.</summary>
    /// <response code="404">pool-not-found</response>
    private static async Task<Results<Ok<CandidatesView>, ProblemHttpResult>> Handle(string stationCode, Guid poolId, DispatchDb db, TimeProvider clock, CancellationToken ct)
    {
        var pool = await db.Pools.AsNoTracking().SingleOrDefaultAsync(p => p.Id == poolId && p.StationCode == stationCode, ct);
        if (pool is null)
        {
            return PoolRefusals.NotFound.AsProblem();
        }

        var course = await db.Courses.AsNoTracking().SingleAsync(c => c.Code == pool.CourseCode, ct);
        var ranking = await Candidates.For(db, pool, course, DispatchRules.On(clock.Today()), clock.GetUtcNow(), ct);
        return TypedResults.Ok(new CandidatesView(
            [.. ranking.Candidates.Select(c => new CandidateView(
                c.Rank, c.Facts.Institution.Code, c.Facts.Institution.Name, c.Facts.Institution.NameEn, Math.Round(c.Score, 1), Math.Round(c.Facts.Km, 1), c.Facts.Load,
                Math.Round(c.Quality, 2), c.Facts.Ratings, c.Reasons))],
            [.. ranking.FilteredOut.Select(e => new FilteredOutView(
                e.Facts.Institution.Code, e.Facts.Institution.Name, e.Facts.Institution.NameEn, Math.Round(e.Facts.Km, 1), e.Reasons))]));
    }
}

/// <summary>Gathers what is known of the institutions that hold a qualification for a pool's course, and ranks them.</summary>
internal static class Candidates
{
    public static async Task<Ranking> For(DispatchDb db, DemandPool pool, CourseCopy course, DispatchRules rules, DateTimeOffset now, CancellationToken ct)
    {
        var station = await db.Stations.AsNoTracking().SingleAsync(s => s.Code == pool.StationCode, ct);
        var qualifications = await db.Qualifications.AsNoTracking().Where(q => q.CourseCode == course.Code).ToListAsync(ct);
        var codes = qualifications.Select(q => q.InstitutionCode).Distinct().ToList();
        var institutions = await db.Institutions.AsNoTracking().Where(i => codes.Contains(i.Code)).ToListAsync(ct);
        var scores = await db.Scores.AsNoTracking().Where(s => codes.Contains(s.InstitutionCode)).ToDictionaryAsync(s => s.InstitutionCode, ct);
        var loads = await db.Offers.Where(o => codes.Contains(o.InstitutionCode) && o.LiveKey != null)
            .GroupBy(o => o.InstitutionCode).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var tried = await db.Offers.Where(o => o.PoolId == pool.Id).Select(o => o.InstitutionCode).Distinct().ToListAsync(ct);
        var since = now.AddDays(-(rules.LapseWindowDays + rules.CoolingDays));
        var lapses = (await db.Offers.Where(o => codes.Contains(o.InstitutionCode) && o.State == OfferState.Lapsed && o.AnsweredAt > since)
            .Select(o => new { o.InstitutionCode, At = o.AnsweredAt!.Value }).ToListAsync(ct)).ToLookup(o => o.InstitutionCode, o => o.At);

        var today = now.LocalDate();
        var until = today.AddDays(rules.QualifiedDays);
        return Ranking.Of(institutions.Select(i => new InstitutionFacts(
            i,
            qualifications.Where(q => q.InstitutionCode == i.Code && q.Covers(course, today, until)).Max(q => (DateOnly?)q.ValidTo),
            Geo.Km(station.Longitude, station.Latitude, i.Longitude, i.Latitude),
            loads.GetValueOrDefault(i.Code),
            scores.GetValueOrDefault(i.Code)?.Ratings ?? 0,
            scores.GetValueOrDefault(i.Code)?.RatingsSum ?? 0,
            tried.Contains(i.Code),
            CoolingUntil([.. lapses[i.Code]], rules, now))), pool.Threshold, rules);
    }

    /// <summary>Until when an institution is skipped for letting offers lapse; null when it is not.</summary>
    internal static DateTimeOffset? CoolingUntil(IReadOnlyList<DateTimeOffset> lapses, DispatchRules rules, DateTimeOffset now)
    {
        foreach (var last in lapses.OrderDescending())
        {
            var within = lapses.Count(at => at <= last && at > last.AddDays(-rules.LapseWindowDays));
            if (within >= rules.LapsesToCool && now < last.AddDays(rules.CoolingDays))
            {
                return last.AddDays(rules.CoolingDays);
            }
        }

        return null;
    }
}
