using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Acceptance;
using SkillStation.Platform.Http;

namespace SkillStation.Acceptance;

/// <summary>What declining, returning and lapsing have in common: the offer's state decides, and the station is told.</summary>
internal static class SettleOffer
{
    public static async Task<Results<Ok<OfferView>, ProblemHttpResult>> With(
        AcceptanceDb db, string institutionCode, Guid id, string? ifMatch, DateTimeOffset now, string answer, string? code,
        Func<InstitutionOffer, DateTimeOffset, Refusal?> transition, CancellationToken ct)
    {
        var offer = await db.Offers.SingleOrDefaultAsync(o => o.Id == id && o.InstitutionCode == institutionCode, ct);
        if (offer is null)
        {
            return OfferRefusals.NotFound.AsProblem();
        }

        if ((Versions.Check(ifMatch, offer.Version) ?? transition(offer, now)) is { } refusal)
        {
            return refusal.AsProblem();
        }

        Announce(db, offer, answer, code, now);
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(await OfferView.Of(offer, db, ct));
    }

    public static void Announce(AcceptanceDb db, InstitutionOffer offer, string answer, string? code, DateTimeOffset now) => db.Publish(offer.Id, new OfferDeclined
    {
        OfferId = offer.Id,
        PoolId = offer.PoolId,
        Attempt = offer.Attempt,
        InstitutionCode = offer.InstitutionCode,
        Answer = answer,
        Code = code,
        At = now,
    });
}
