using MassTransit;
using SkillStation.Contracts;
using SkillStation.Contracts.Scheduler;
using SkillStation.Requests.Data;

namespace SkillStation.Requests;

/// <summary>What happens here when a resident's time is over. Each use case looks again whether the deadline still means anything.</summary>
internal sealed class MeetDeadlinesConsumer(RequestsDb db, TimeProvider clock) : IConsumer<DeadlineReached>
{
    public Task Consume(ConsumeContext<DeadlineReached> context)
    {
        var (news, now, ct) = (context.Message, clock.GetUtcNow(), context.CancellationToken);
        return (news.Kind, news.Stage) switch
        {
            (DeadlineKinds.Information, DeadlineStages.Due) => WithdrawRequestEndpoint.WhenDue(db, news.SubjectId, news.DueAt, now, ct),
            (DeadlineKinds.SeatAnswer, DeadlineStages.Due) => DeclineSeatEndpoint.WhenDue(db, news.SubjectId, news.DueAt, now, ct),
            (DeadlineKinds.Rating, DeadlineStages.Due) => RateTrainingEndpoint.WhenDue(db, news.SubjectId, news.DueAt, now, ct),
            _ => Task.CompletedTask,
        };
    }
}
