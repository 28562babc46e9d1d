using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts;
using SkillStation.Contracts.Acceptance;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform;
using SkillStation.Platform.Bus;

namespace SkillStation.Dispatch;

/// <summary>
/// A person's seat, or wait for one, is over before the class began for them: back into a pool, in the same place of the queue. After the
/// resident's own "no" or silence this happens once.
/// </summary>
internal sealed class ReturnRequestConsumer(DispatchDb db, TimeProvider clock) : IConsumer<SeatReleased>
{
    public async Task Consume(ConsumeContext<SeatReleased> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        if (news.Reason == SeatReasons.Withdrawn)
        {
            return;   // RequestWithdrawn says so too
        }

        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == news.RequestId, ct) ?? throw new NotYetKnownException("request", news.RequestId);
        if (request.PoolId != news.PoolId || request.State is not (RequestState.Pooled or RequestState.Placed))
        {
            return;
        }

        var old = await db.Pools.SingleAsync(p => p.Id == news.PoolId, ct);
        if (old.ClassId != news.ClassId)
        {
            if (await db.Offers.AnyAsync(o => o.ClassId == news.ClassId, ct))
            {
                return;   // of a class that came to nothing; its people are back already
            }

            throw new NotYetKnownException("class", news.ClassId);
        }

        if (request.State != RequestState.Placed)
        {
            return;
        }

        var now = clock.GetUtcNow();
        var rules = DispatchRules.On(clock.Today());
        if (old.Leave(now) is null)
        {
            Pooling.Changed(db, old, now);
        }

        if (!request.MayReturn(news.Reason, rules.SecondTurns))
        {
            GivingUp.Unserve(db, request, old.Id, "NoSecondTurn", await GivingUp.Alternative(db, request.CourseCode, request.DistrictCode, ct), now);
            return;
        }

        var course = await db.Courses.SingleAsync(c => c.Code == request.CourseCode, ct);
        var pool = await Pooling.FindOrOpen(db, request, course, rules, now, ct);
        request.Return(news.Reason, rules.SecondTurns, pool.Id);
        await Pooling.Enter(db, request, pool, course, rules, now, ct);
    }
}
