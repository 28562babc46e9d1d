using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform;

namespace SkillStation.Dispatch;

/// <summary>An institution said no, let the time pass, or made no timetable: the next in rank is asked, and after too many the district.</summary>
internal sealed partial class RedispatchPoolConsumer(DispatchDb db, TimeProvider clock, ILogger<RedispatchPoolConsumer> log) : IConsumer<OfferDeclined>
{
    public async Task Consume(ConsumeContext<OfferDeclined> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        var offer = await db.Offers.SingleOrDefaultAsync(o => o.Id == news.OfferId, ct);
        if (offer is null || offer.Decline(news.Answer, news.Code, news.At.ToUniversalTime()) is not null)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var pool = await db.Pools.SingleAsync(p => p.Id == offer.PoolId, ct);
        if (pool.OfferId != offer.Id || pool.TakeBack(news.Answer, failed: true, now) is not null)
        {
            return;
        }

        await Dispatching.PutBack(db, pool, now, ct);
        if (pool.State == PoolState.Ready)
        {
            await Dispatching.Next(db, pool, DispatchRules.On(clock.Today()), now, ct);
        }

        Pooling.Changed(db, pool, now);
        Log.Redispatched(log, pool.Id, news.Answer, pool.State);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Pool {PoolId} came back with {Answer} and is {State} now")]
        public static partial void Redispatched(ILogger logger, Guid poolId, string answer, PoolState state);
    }
}
