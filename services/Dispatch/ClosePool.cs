using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>Why a pool is given up.</summary>
public sealed record ClosePool([Given, Text(200)] string Reason);

internal static partial class ClosePoolEndpoint
{
    public static void Map(RouteGroupBuilder districts) => districts.MapPost("/{districtCode}/pools/{poolId:guid}/close", Handle).WithName("ClosePool");

    /// <summary>The district gives an escalated pool up. Everybody is told, with another way, and the demand stays counted.</summary>
    /// <response code="404">pool-not-found</response>
    /// <response code="409">pool-not-escalated, pool-closed</response>
    /// <response code="412">stale-version</response>
    private static async Task<Results<Ok<PoolView>, ProblemHttpResult>> Handle(
        string districtCode, Guid poolId, ClosePool body, [FromHeader(Name = "If-Match")] string? ifMatch, DispatchDb db, TimeProvider clock, ILogger<DispatchModule> log, CancellationToken ct)
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

        if (pool.State == PoolState.Forming)
        {
            return PoolRefusals.NotEscalated.AsProblem();   // a forming pool is given up by its clock alone
        }

        var now = clock.GetUtcNow();
        if (await GivingUp.Close(db, pool, "ClosedByDistrict", $"区里决定不开这个班：{body.Reason}", $"The district decided not to open this class: {body.Reason}", now, ct) is { } refusal)
        {
            return refusal.AsProblem();
        }

        await db.SaveChangesAsync(ct);
        Log.Closed(log, pool.Id);
        return TypedResults.Ok(await PoolView.Read(db, pool, ct));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Pool {PoolId} was given up by its district")]
        public static partial void Closed(ILogger logger, Guid poolId);
    }
}
