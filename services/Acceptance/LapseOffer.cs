using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Contracts;

namespace SkillStation.Acceptance;

/// <summary>The time for an answer is over (超时): the next institution is asked.</summary>
internal static class LapseOffer
{
    public static async Task Due(AcceptanceDb db, Guid offerId, DateTimeOffset now, CancellationToken ct)
    {
        var offer = await db.Offers.SingleOrDefaultAsync(o => o.Id == offerId, ct);
        if (offer is not null && offer.Lapse(now) is null)
        {
            SettleOffer.Announce(db, offer, OfferAnswers.Lapsed, null, now);
        }
    }
}
