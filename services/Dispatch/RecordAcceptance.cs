using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch;

/// <summary>An institution takes a pool on. When the station took the offer back in the same moment, the station's word holds.</summary>
internal sealed class RecordAcceptanceConsumer(DispatchDb db, TimeProvider clock) : IConsumer<OfferAccepted>
{
    public async Task Consume(ConsumeContext<OfferAccepted> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        // the pool first: taken back between the two, the offer is seen to be so, and taken back after both, the save collides
        var pool = await db.Pools.SingleOrDefaultAsync(p => db.Offers.Any(o => o.Id == news.OfferId && o.PoolId == p.Id), ct);
        var offer = await db.Offers.SingleOrDefaultAsync(o => o.Id == news.OfferId, ct);
        if (pool is null || offer is null)
        {
            return;
        }

        if (offer.Accept(news.ClassId, news.At.ToUniversalTime()) is not null)
        {
            offer.Remember(news.ClassId);
            return;
        }

        var now = clock.GetUtcNow();
        if (pool.OfferId != offer.Id || pool.Accept(news.ClassId, now) is not null)
        {
            throw new InvalidOperationException("An open offer's pool is not waiting for its answer.");
        }

        foreach (var request in (await Pooling.Members(db, pool.Id, ct)).Where(r => r.State == RequestState.Pooled))
        {
            request.Place();
        }

        Pooling.Changed(db, pool, now);
    }
}
