using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform;
using SkillStation.Platform.Bus;

namespace SkillStation.Dispatch;

/// <summary>A class will not be held: its people wait in their pool again, in the same order.</summary>
internal sealed class RecordCancellationConsumer(DispatchDb db, TimeProvider clock) : IConsumer<ClassCancelled>
{
    // The station took it back itself, or OfferDeclined says the same and more.
    private static readonly string[] ToldOtherwise = ["Revoked", OfferAnswers.NotScheduled];

    public async Task Consume(ConsumeContext<ClassCancelled> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        if (ToldOtherwise.Contains(news.Reason))
        {
            return;
        }

        var offer = await db.Offers.SingleOrDefaultAsync(o => o.PoolId == news.PoolId && o.Attempt == news.Attempt, ct);
        if (offer is null)
        {
            return;
        }

        if (offer.State == OfferState.Offered)
        {
            throw new NotYetKnownException("acceptance of offer", offer.Id);
        }

        var now = clock.GetUtcNow();
        var pool = await db.Pools.SingleAsync(p => p.Id == news.PoolId, ct);
        if (pool.OfferId != offer.Id || offer.Cancel(news.Reason, news.At.ToUniversalTime()) is not null || pool.TakeBack(news.Reason, failed: false, now) is not null)
        {
            return;
        }

        await Dispatching.PutBack(db, pool, now, ct);
        var course = await db.Courses.SingleAsync(c => c.Code == pool.CourseCode, ct);
        if (pool.State == PoolState.Ready && course.AutoDispatch)
        {
            await Dispatching.Automatically(db, pool, course, DispatchRules.On(clock.Today()), sayWhenNobody: true, now, ct);
        }

        Pooling.Changed(db, pool, now);
    }
}
