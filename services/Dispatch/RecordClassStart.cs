using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Bus;

namespace SkillStation.Dispatch;

/// <summary>A class began: its pool is over. Who still waited for a seat is told of one by one, with SeatReleased.</summary>
internal sealed class RecordClassStartConsumer(DispatchDb db, TimeProvider clock) : IConsumer<ClassStarted>
{
    public async Task Consume(ConsumeContext<ClassStarted> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        var pool = await db.Pools.SingleOrDefaultAsync(p => p.Id == news.PoolId, ct);
        if (pool is { State: PoolState.Dispatching })
        {
            throw new NotYetKnownException("class", news.ClassId);
        }

        var now = clock.GetUtcNow();
        if (pool is not null && pool.ClassId == news.ClassId && pool.Hold(now) is null)
        {
            Pooling.Changed(db, pool, now);
        }
    }
}
