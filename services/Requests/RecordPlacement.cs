using System.Globalization;
using MassTransit;
using SkillStation.Contracts.Scheduler;
using SkillStation.Requests.Data;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests;

/// <summary>What became of the learner after the course.</summary>
internal sealed class RecordPlacementConsumer(RequestsDb db)
    : IConsumer<CaseOpened>, IConsumer<FollowUpDue>, IConsumer<LearnerPlaced>, IConsumer<PlacementSustained>, IConsumer<CaseClosed>
{
    public Task Consume(ConsumeContext<CaseOpened> context) =>
        Record(context, context.Message.RequestId, Placement.Open, EventCode.FollowUpOpened, context.Message.At);

    public Task Consume(ConsumeContext<FollowUpDue> context) =>
        Record(context, context.Message.RequestId, Placement.Open, EventCode.FollowUpAsked, context.Message.At, context.Message.Point.ToString(CultureInfo.InvariantCulture));

    public Task Consume(ConsumeContext<LearnerPlaced> context) =>
        Record(context, context.Message.RequestId, Placement.Placed, EventCode.Placed, context.Message.At, context.Message.Outcome);

    public Task Consume(ConsumeContext<PlacementSustained> context) =>
        Record(context, context.Message.RequestId, Placement.Sustained, EventCode.Sustained, context.Message.At);

    public Task Consume(ConsumeContext<CaseClosed> context) =>
        Record(context, context.Message.RequestId, Placement.Closed, EventCode.FollowUpClosed, context.Message.At, context.Message.Result);

    private async Task Record(ConsumeContext context, Guid requestId, Placement reached, EventCode code, DateTimeOffset at, string? detail = null) =>
        (await db.RequestInNews(requestId, context.CancellationToken)).Follow(reached, code, at, detail);
}
