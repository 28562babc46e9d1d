using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>What to look for; everything may be left out, and what is given must all fit.</summary>
/// <param name="Text">Words that must all occur in the code, name, occupation, cluster or summary, in either language and any case.</param>
/// <param name="Kind">Training kind, such as LifeSkills.</param>
/// <param name="Level">None, L5, L4 or L3.</param>
/// <param name="Cluster">One Chinese cluster tag, in full.</param>
/// <param name="FreeOnly">True for courses without a fee.</param>
/// <param name="Near">longitude,latitude in degrees (GCJ-02); each course then says how far away things are.</param>
/// <param name="WithinMinutes">Only courses for which people are already gathering: a class is being formed at a station within so many minutes of Near.</param>
public sealed record CourseSearch(
    [Text(100)] string? Text, string? Kind, string? Level, string? Cluster, bool? FreeOnly, string? Near, [Between(1, 240)] int? WithinMinutes);

/// <summary>A course in the list.</summary>
/// <param name="Fee">Yuan; 0 for free.</param>
/// <param name="NearestStation">Where to ask for it; null when no place was given.</param>
/// <param name="NearestPool">The nearest class that is being formed; the one closest to opening when no place was given.</param>
public sealed record CourseItem(
    string Code, Words Name, string Level, string TrainingKind, IReadOnlyList<string> Clusters, decimal Hours, decimal Fee, string Credential, Words Summary,
    NearbyStation? NearestStation, FormingPool? NearestPool);

/// <summary>A class that is being formed.</summary>
/// <param name="Missing">People still needed.</param>
/// <param name="ClosesAt">How long it waits for them; null when that is not known yet.</param>
/// <param name="Minutes">The way to its station; null when no place was given.</param>
public sealed record FormingPool(Guid PoolId, string StationCode, Words? StationName, string TimePattern, int Members, int Threshold, int Missing, DateTimeOffset? ClosesAt, int? Minutes);

internal static class ListCoursesEndpoint
{
    public static void Map(RouteGroupBuilder courses) => courses.MapGet("", Handle).WithName("ListCourses");

    /// <summary>The catalogue: search, filter, and see what is near.</summary>
    /// <response code="400">invalid-fields, near-malformed, near-needed</response>
    private static async Task<Results<Ok<Page<CourseItem>>, ProblemHttpResult>> Handle(
        [AsParameters] CourseSearch search, [AsParameters] PageQuery page, RequestsDb db, CancellationToken ct)
    {
        var (place, refusal) = Place.Read(search.Near);
        if (refusal is not null || (place is null && search.WithinMinutes is not null))
        {
            return (refusal ?? Place.Needed).AsProblem();
        }

        var stations = place is { } here ? await ListNearbyStationsEndpoint.Nearest(db, here, ct) : [];
        var courses = Matching(db, search);
        if (search.WithinMinutes is { } limit)
        {
            var inReach = stations.Where(s => s.Minutes <= limit).Select(s => s.Station.Code).ToList();
            var gathering = db.Pools.Where(p => p.State == PoolStates.Forming && inReach.Contains(p.StationCode)).Select(p => p.CourseCode);
            courses = courses.Where(c => gathering.Contains(c.Code));
        }

        if (page.After is { } after)
        {
            courses = courses.Where(c => c.Code.CompareTo(after) > 0);
        }

        var found = page.Cut(await courses.OrderBy(c => c.Code).Take(page.Take + 1).ToListAsync(ct), c => c.Code);
        var pools = await FormingPools.Of(db, [.. found.Items.Select(c => c.Code)], place, ct);
        var nearest = stations.Count == 0 ? null : NearbyStation.Of(stations[0].Station, stations[0].Minutes);
        return TypedResults.Ok(new Page<CourseItem>([.. found.Items.Select(c => Item(c, nearest, pools[c.Code].FirstOrDefault()))], found.Next));
    }

    private static IQueryable<Course> Matching(RequestsDb db, CourseSearch search)
    {
        var courses = db.Courses.AsNoTracking();
        foreach (var word in (search.Text ?? "").ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            courses = courses.Where(c => c.SearchText.Contains(word));
        }

        if (search.Kind is { } kind)
        {
            courses = courses.Where(c => c.TrainingKind == kind);
        }

        if (search.Level is { } level)
        {
            courses = courses.Where(c => c.Level == level);
        }

        if (search.Cluster is { } cluster)
        {
            courses = courses.Where(c => (";" + c.Clusters + ";").Contains(";" + cluster + ";"));
        }

        return search.FreeOnly == true ? courses.Where(c => c.Fee == 0) : courses;
    }

    private static CourseItem Item(Course c, NearbyStation? nearest, FormingPool? pool) => new(
        c.Code, new Words(c.Name, c.NameEn), c.Level, c.TrainingKind, c.Clusters.Split(';', StringSplitOptions.RemoveEmptyEntries), c.Hours, c.Fee, c.Credential,
        new Words(c.Summary, c.SummaryEn), nearest, pool);
}

internal static class FormingPools
{
    /// <summary>The classes that are being formed, by course: nearest first, or fewest missing first when no place is given.</summary>
    public static async Task<ILookup<string, FormingPool>> Of(RequestsDb db, IReadOnlyList<string> courseCodes, Place? place, CancellationToken ct)
    {
        var rows = await (
            from pool in db.Pools.AsNoTracking()
            where pool.State == PoolStates.Forming && courseCodes.Contains(pool.CourseCode)
            join station in db.Stations on pool.StationCode equals station.Code into s
            from station in s.DefaultIfEmpty()
            select new { pool, station }).ToListAsync(ct);
        var ids = rows.Select(r => r.pool.Id).ToList();
        var closing = (await db.Deadlines.AsNoTracking()
                .Where(d => ids.Contains(d.SubjectId) && (d.Kind == DeadlineKinds.PoolClose || d.Kind == DeadlineKinds.PoolWidenedClose)).ToListAsync(ct))
            .ToDictionary(d => (d.SubjectId, d.Kind), d => (DateTimeOffset?)d.DueAt);
        return rows
            .Select(r => (r.pool.CourseCode, View: new FormingPool(
                r.pool.Id, r.pool.StationCode, r.station is null ? null : new Words(r.station.Name, r.station.NameEn), r.pool.TimePattern, r.pool.Members, r.pool.Threshold,
                r.pool.Missing, closing.GetValueOrDefault((r.pool.Id, r.pool.Widened ? DeadlineKinds.PoolWidenedClose : DeadlineKinds.PoolClose)),
                place is { } here && r.station is not null ? here.MinutesTo(r.station.Place) : null)))
            .OrderBy(p => p.View.Minutes ?? int.MaxValue).ThenBy(p => p.View.Missing).ThenBy(p => p.View.PoolId)
            .ToLookup(p => p.CourseCode, p => p.View);
    }
}
