using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Bus;

namespace SkillStation.Dispatch;

/// <summary>A learner is through with a class. What was completed is kept for the checks that look back a year.</summary>
internal sealed class RecordLearnerResultConsumer(DispatchDb db, TimeProvider clock) : IConsumer<LearnerCompleted>, IConsumer<LearnerDropped>
{
    public async Task Consume(ConsumeContext<LearnerCompleted> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        if (!await db.Completed.AnyAsync(c => c.RequestId == news.RequestId, ct))
        {
            var course = await db.Courses.AsNoTracking().SingleOrDefaultAsync(c => c.Code == news.CourseCode, ct) ?? throw new NotYetKnownException("course of request", news.RequestId);
            db.Completed.Add(new CompletedTraining
            {
                RequestId = news.RequestId,
                ResidentId = news.ResidentId,
                CourseCode = news.CourseCode,
                OccupationCode = course.OccupationCode,
                TrainingKind = course.TrainingKind,
                At = news.At.ToUniversalTime(),
            });
        }

        await Finish(news.RequestId, news.ClassId, ct);
    }

    public Task Consume(ConsumeContext<LearnerDropped> context) => Finish(context.Message.RequestId, context.Message.ClassId, context.CancellationToken);

    private async Task Finish(Guid requestId, Guid classId, CancellationToken ct)
    {
        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == requestId, ct);
        if (request is { State: RequestState.Pooled } && await db.Offers.AnyAsync(o => o.PoolId == request.PoolId && o.State == OfferState.Offered, ct))
        {
            throw new NotYetKnownException("class", classId);   // the acceptance is still under way
        }

        if (request is null || request.Finish() is not null)
        {
            return;
        }

        var pool = await db.Pools.SingleAsync(p => p.Id == request.PoolId, ct);
        if (pool.Leave(clock.GetUtcNow()) is null)
        {
            Pooling.Changed(db, pool, clock.GetUtcNow());   // the news that the class began is still under way
        }
    }
}
