using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Requests;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch;

/// <summary>A resident's request is over: it leaves its pool. The withdrawal may come before the request.</summary>
internal sealed class RecordWithdrawalConsumer(DispatchDb db, TimeProvider clock) : IConsumer<RequestWithdrawn>
{
    public async Task Consume(ConsumeContext<RequestWithdrawn> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        var now = clock.GetUtcNow();
        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == news.RequestId, ct);
        if (request is null)
        {
            db.Requests.Add(PooledRequest.WithdrawnUnseen(news.RequestId, news.ResidentId, now));
            return;
        }

        var poolId = request.PoolId;
        if (request.Withdraw() is not null || poolId is null)
        {
            return;
        }

        var pool = await db.Pools.SingleAsync(p => p.Id == poolId, ct);
        if (pool.Leave(now) is null)
        {
            Pooling.Changed(db, pool, now);
        }
    }
}
