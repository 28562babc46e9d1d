using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Platform.Http;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>A request in the list.</summary>
/// <param name="Status">As in the request itself.</param>
public sealed record RequestItem(Guid Id, string CourseCode, Words CourseName, string StationCode, DateTimeOffset SubmittedAt, string Status, Words StatusWords, int Version);

internal static class ListRequestsEndpoint
{
    public static void Map(RouteGroupBuilder requests) => requests.MapGet("", Handle).WithName("ListRequests");

    /// <summary>A resident's requests, newest first.</summary>
    /// <response code="400">after-malformed</response>
    /// <response code="404">resident-not-found</response>
    private static async Task<Results<Ok<Page<RequestItem>>, ProblemHttpResult>> Handle(Guid residentId, [AsParameters] PageQuery page, RequestsDb db, CancellationToken ct)
    {
        if (!await db.Residents.AnyAsync(r => r.Id == residentId, ct))
        {
            return ResidentRefusals.NotFound.AsProblem();
        }

        var requests = db.Requests.AsNoTracking().Where(r => r.ResidentId == residentId);
        if (!page.TryRead<Guid>(out var after))
        {
            return PageQuery.Malformed.AsProblem();
        }

        if (after != default)
        {
            requests = requests.Where(r => r.SubmittedAt < after.At || (r.SubmittedAt == after.At && r.Id.CompareTo(after.Key) < 0));
        }

        var rows = await (
            from r in requests
            join course in db.Courses on r.CourseCode equals course.Code
            join pool in db.Pools on r.PoolId equals pool.Id into p
            from pool in p.DefaultIfEmpty()
            orderby r.SubmittedAt descending, r.Id descending
            select new { r.Id, r.CourseCode, course.Name, course.NameEn, r.StationCode, r.SubmittedAt, r.Status, r.Version, pool }).Take(page.Take + 1).ToListAsync(ct);
        var accepted = rows.Where(r => r.Status == RequestStatus.Pooled && r.pool?.State == PoolStates.Accepted).Select(r => r.pool!.Id).ToList();
        var scheduled = await db.Classes.AsNoTracking().Where(c => accepted.Contains(c.PoolId) && c.ScheduledAt != null && !c.IsCancelled)
            .Select(c => new { c.PoolId, c.Attempt }).ToListAsync(ct);
        var found = page.Cut(rows, r => new PageKey<Guid>(r.SubmittedAt, r.Id).ToString());
        return TypedResults.Ok(new Page<RequestItem>([.. found.Items.Select(r =>
        {
            var code = Standing.CodeOf(r.Status, r.pool, r.pool is { } pool && scheduled.Any(c => c.PoolId == pool.Id && c.Attempt == pool.Attempt));
            return new RequestItem(r.Id, r.CourseCode, new Words(r.Name, r.NameEn), r.StationCode, r.SubmittedAt, code, Standing.WordsOf(code), r.Version);
        })], found.Next));
    }
}
