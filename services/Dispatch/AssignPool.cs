using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>The district's choice of an institution.</summary>
public sealed record AssignPool([Given, Text(40)] string InstitutionCode, [Given, Text(200)] string Reason);

internal static partial class AssignPoolEndpoint
{
    public static void Map(RouteGroupBuilder districts) => districts.MapPost("/{districtCode}/pools/{poolId:guid}/assign", Handle).WithName("AssignPool");

    /// <summary>The district assigns an escalated pool. Distance, load and earlier answers may be overridden, the qualification may not.</summary>
    /// <response code="400">institution-not-found</response>
    /// <response code="404">pool-not-found</response>
    /// <response code="409">pool-not-escalated, institution-not-qualified</response>
    /// <response code="412">stale-version</response>
    private static async Task<Results<Ok<PoolView>, ProblemHttpResult>> Handle(
        string districtCode, Guid poolId, AssignPool body, [FromHeader(Name = "If-Match")] string? ifMatch, DispatchDb db, TimeProvider clock, ILogger<DispatchModule> log, CancellationToken ct)
    {
        var pool = await db.Pools.SingleOrDefaultAsync(p => p.Id == poolId && p.DistrictCode == districtCode, ct);
        if (pool is null)
        {
            return PoolRefusals.NotFound.AsProblem();
        }

        if (Versions.Check(ifMatch, pool.Version) is { } stale)
        {
            return stale.AsProblem();
        }

        var institution = await db.Institutions.SingleOrDefaultAsync(i => i.Code == body.InstitutionCode, ct);
        if (institution is null)
        {
            return PoolRefusals.InstitutionUnknown.AsProblem();
        }

        var now = clock.GetUtcNow();
        var offerId = db.NewId();
        if (pool.Assign(offerId, institution, now) is { } refusal)
        {
            return refusal.AsProblem();
        }

        var course = await db.Courses.SingleAsync(c => c.Code == pool.CourseCode, ct);
        var until = clock.Today().AddDays(DispatchRules.On(clock.Today()).QualifiedDays);
        var qualifications = await db.Qualifications.AsNoTracking().Where(q => q.InstitutionCode == institution.Code && q.CourseCode == course.Code).ToListAsync(ct);
        if (!qualifications.Exists(q => q.Covers(course, clock.Today(), until)))
        {
            return PoolRefusals.InstitutionNotQualified.AsProblem();
        }

        var reasons = new List<ReasonGiven>
        {
            new() { Code = "Assigned", Chinese = "区里指定由这家机构承接", English = "the district assigned this institution" },
        };
        await Dispatching.Add(db, pool, DispatchOffer.Make(offerId, pool.Id, pool.Attempt, institution, reasons, forced: true, body.Reason, now), now, ct);
        Pooling.Changed(db, pool, now);
        await db.SaveChangesAsync(ct);
        Log.Assigned(log, pool.Id, institution.Code);
        return TypedResults.Ok(await PoolView.Read(db, pool, ct));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Pool {PoolId} was assigned to {InstitutionCode} by its district")]
        public static partial void Assigned(ILogger logger, Guid poolId, string institutionCode);
    }
}
