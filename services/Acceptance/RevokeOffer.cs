using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Acceptance.Data;
using SkillStation.Acceptance.Domain;
using SkillStation.Contracts.Dispatch;
using SkillStation.Platform.Bus;

namespace SkillStation.Acceptance;

/// <summary>The station takes an offer back. A class that came of it is cancelled, unless it is being taught already.</summary>
internal sealed class RevokeOfferConsumer(AcceptanceDb db, TimeProvider clock) : IConsumer<OfferRevoked>
{
    public async Task Consume(ConsumeContext<OfferRevoked> context)
    {
        var ct = context.CancellationToken;
        var offer = await db.Offers.SingleOrDefaultAsync(o => o.Id == context.Message.OfferId, ct) ?? throw new NotYetKnownException("offer", context.Message.OfferId);
        var now = clock.GetUtcNow();
        if (offer.ClassId is not { } classId)
        {
            offer.Revoke(now);
            return;
        }

        var trainingClass = await db.WholeClasses.SingleAsync(c => c.Id == classId, ct);
        var news = new ClassNews(trainingClass);
        if (trainingClass.Cancel(CancelReasons.Revoked, null, now) is null)
        {
            offer.Revoke(now);
            await news.Announce(db, now, ct);
        }
    }
}
