using System.Globalization;
using MassTransit;
using SkillStation.Contracts;
using SkillStation.Contracts.Dispatch;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>How far a pool has come: one row for all its members, who look it up when they want to know.</summary>
internal sealed class RecordPoolsConsumer(RequestsDb db) : IConsumer<PoolChanged>, IConsumer<ClassOffered>
{
    public async Task Consume(ConsumeContext<PoolChanged> context)
    {
        var news = context.Message;
        var pool = await Pool(news.PoolId, context.CancellationToken);
        var before = pool.State;
        if (pool.Take(news) && pool.State == PoolStates.Escalated && before != PoolStates.Escalated)
        {
            db.PoolEvents.Add(new PoolEvent(news.PoolId, news.At, EventCode.Escalated, null));
        }
    }

    public async Task Consume(ConsumeContext<ClassOffered> context)
    {
        var news = context.Message;
        (await Pool(news.PoolId, context.CancellationToken)).Take(news);
        db.PoolEvents.Add(new PoolEvent(news.PoolId, news.At, EventCode.Dispatched, news.Attempt.ToString(CultureInfo.InvariantCulture)));
    }

    private async Task<PoolCopy> Pool(Guid id, CancellationToken ct) => await db.Pools.FindAsync([id], ct) ?? db.Pools.Add(new PoolCopy { Id = id }).Entity;
}
