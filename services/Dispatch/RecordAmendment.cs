using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Requests;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform;
using SkillStation.Platform.Bus;

namespace SkillStation.Dispatch;

/// <summary>A resident changed a request or answered a question: it is checked again, or moves to a pool at a time that still suits.</summary>
internal sealed class RecordAmendmentConsumer(DispatchDb db, TimeProvider clock) : IConsumer<RequestAmended>
{
    public async Task Consume(ConsumeContext<RequestAmended> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == news.RequestId, ct) ?? throw new NotYetKnownException("request", news.RequestId);
        if (request.Amend(news.Version, news.Goal, news.Times, news.MaxMinutes, news.Needs) is not null)
        {
            return;
        }

        if (request.State == RequestState.AwaitingTriage)
        {
            var course = await db.Courses.SingleAsync(c => c.Code == request.CourseCode, ct);
            await Triage.AdmitWhenClean(db, request, course, clock, ct);
        }
        else if (request.State == RequestState.Pooled)
        {
            await MoveWhenUnfit(request, ct);
        }
    }

    private async Task MoveWhenUnfit(PooledRequest request, CancellationToken ct)
    {
        var old = await db.Pools.SingleAsync(p => p.Id == request.PoolId, ct);
        if (old.State is not (PoolState.Forming or PoolState.Ready) || request.Times.Contains(old.TimePattern))
        {
            return;   // once it is with an institution it stays; the seat offer asks the resident anyway
        }

        var now = clock.GetUtcNow();
        var rules = DispatchRules.On(clock.Today());
        var course = await db.Courses.SingleAsync(c => c.Code == request.CourseCode, ct);
        var pool = await Pooling.FindOrOpen(db, request, course, rules, now, ct);
        old.Leave(now);
        Pooling.Changed(db, old, now);
        request.Move(pool.Id);
        await Pooling.Enter(db, request, pool, course, rules, now, ct);
    }
}
