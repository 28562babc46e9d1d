using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Dispatch;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch;

/// <summary>Why an offer is taken back.</summary>
public sealed record RevokeOffer([Given, Text(200), Form(NoLongNumber.Pattern, NoLongNumber.Chinese, NoLongNumber.English)] string Reason);

internal static partial class RevokeOfferEndpoint
{
    public static void Map(RouteGroupBuilder pools) => pools.MapPost("/{poolId:guid}/revoke", Handle).WithName("RevokeOffer");

    /// <summary>Takes the open or accepted offer of a pool back; the pool is ready again and everybody keeps their place.</summary>
    /// <response code="404">pool-not-found</response>
    /// <response code="409">pool-not-dispatched</response>
    /// <response code="412">stale-version</response>
    private static async Task<Results<Ok<PoolView>, ProblemHttpResult>> Handle(
        string stationCode, Guid poolId, RevokeOffer body, [FromHeader(Name = "If-Match")] string? ifMatch, DispatchDb db, TimeProvider clock, ILogger<DispatchModule> log, CancellationToken ct)
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

        var now = clock.GetUtcNow();
        var offerId = pool.OfferId;
        if (pool.TakeBack("Revoked", failed: false, now) is { } refusal)
        {
            return refusal.AsProblem();
        }

        var offer = await db.Offers.SingleAsync(o => o.Id == offerId, ct);
        if (offer.Revoke(body.Reason, now) is { } answered)
        {
            return answered.AsProblem();
        }

        await Dispatching.PutBack(db, pool, now, ct);
        db.Publish(pool.Id, new OfferRevoked { OfferId = offer.Id, PoolId = pool.Id, InstitutionCode = offer.InstitutionCode, Reason = body.Reason, At = now });
        Pooling.Changed(db, pool, now);
        await db.SaveChangesAsync(ct);
        Log.Revoked(log, offer.Id, pool.Id);
        return TypedResults.Ok(await PoolView.Read(db, pool, ct));
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Offer {OfferId} of pool {PoolId} was taken back")]
        public static partial void Revoked(ILogger logger, Guid offerId, Guid poolId);
    }
}
