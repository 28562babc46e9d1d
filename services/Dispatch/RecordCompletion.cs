using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Bus;

namespace SkillStation.Dispatch;

/// <summary>A class is over: its institution has a hand free.</summary>
internal sealed class RecordCompletionConsumer(DispatchDb db) : IConsumer<ClassCompleted>
{
    public async Task Consume(ConsumeContext<ClassCompleted> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        var offer = await db.Offers.SingleOrDefaultAsync(o => o.ClassId == news.ClassId, ct);
        if (offer is null)
        {
            if (await db.Offers.AnyAsync(o => o.PoolId == news.PoolId && o.State == OfferState.Offered, ct))
            {
                throw new NotYetKnownException("class", news.ClassId);
            }

            return;
        }

        offer.Hold(news.At.ToUniversalTime());
    }
}
