using MassTransit;
using SkillStation.Contracts.Acceptance;
using SkillStation.Platform.Bus;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>Who holds a class, where and when, and how many sessions are over: one row for all its learners.</summary>
internal sealed class RecordClassesConsumer(RequestsDb db) : IConsumer<OfferAccepted>, IConsumer<ClassScheduled>, IConsumer<SessionClosed>
{
    public async Task Consume(ConsumeContext<OfferAccepted> context)
    {
        var news = context.Message;
        (await Class(news.ClassId, news.PoolId, news.Attempt, context.CancellationToken)).Take(news);
        db.PoolEvents.Add(new PoolEvent(news.PoolId, news.At, EventCode.OfferAccepted, news.InstitutionName));
    }

    public async Task Consume(ConsumeContext<ClassScheduled> context)
    {
        var news = context.Message;
        (await Class(news.ClassId, news.PoolId, news.Attempt, context.CancellationToken)).Take(news);
        db.PoolEvents.Add(new PoolEvent(news.PoolId, news.At, EventCode.ClassScheduled, news.Venue));
    }

    public async Task Consume(ConsumeContext<SessionClosed> context)
    {
        var held = await db.Classes.FindAsync([context.Message.ClassId], context.CancellationToken) ?? throw new NotYetKnownException("class", context.Message.ClassId);
        held.CloseSession();
    }

    private async Task<ClassCopy> Class(Guid id, Guid poolId, int attempt, CancellationToken ct) =>
        await db.Classes.FindAsync([id], ct) ?? db.Classes.Add(new ClassCopy { Id = id, PoolId = poolId, Attempt = attempt }).Entity;
}
