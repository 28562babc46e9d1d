using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Contracts;

namespace SkillStation.Acceptance;

/// <summary>No timetable came in time: the class is over before it began and the next institution is asked.</summary>
internal static class GiveBackClass
{
    public static async Task Due(AcceptanceDb db, Guid classId, DateTimeOffset now, CancellationToken ct)
    {
        var trainingClass = await db.WholeClasses.SingleOrDefaultAsync(c => c.Id == classId, ct);
        if (trainingClass is null || trainingClass.MissTimetable(now) is not null)
        {
            return;
        }

        var offer = await db.Offers.SingleAsync(o => o.Id == trainingClass.OfferId, ct);
        offer.MissTimetable(now);
        SettleOffer.Announce(db, offer, OfferAnswers.NotScheduled, null, now);
    }
}
