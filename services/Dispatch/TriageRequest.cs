using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Requests;
using SkillStation.Dispatch.Data;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform;
using SkillStation.Platform.Bus;

namespace SkillStation.Dispatch;

/// <summary>A request arrives: when all checks pass it is taken on and pooled at once, else it waits for a person.</summary>
internal sealed partial class TriageRequestConsumer(DispatchDb db, TimeProvider clock, ILogger<TriageRequestConsumer> log) : IConsumer<RequestSubmitted>
{
    public async Task Consume(ConsumeContext<RequestSubmitted> context)
    {
        var (news, ct) = (context.Message, context.CancellationToken);
        if (await db.Requests.AnyAsync(r => r.Id == news.RequestId, ct))
        {
            return;   // here already, or withdrawn before it came
        }

        var course = await db.Courses.SingleOrDefaultAsync(c => c.Code == news.CourseCode, ct) ?? throw new NotYetKnownException("course of request", news.RequestId);
        var station = await db.Stations.AsNoTracking().SingleOrDefaultAsync(s => s.Code == news.StationCode, ct);
        var request = PooledRequest.Receive(
            news.RequestId, news.ResidentId, course, news.StationCode, station?.DistrictCode, news.Goal, news.Times, news.MaxMinutes, news.Needs, news.Age, news.At.ToUniversalTime());
        db.Requests.Add(request);
        var admitted = await Triage.AdmitWhenClean(db, request, course, clock, ct);
        Log.Received(log, request.Id, admitted, request.FailedChecks.Count);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Request {RequestId} was received; admitted at once: {Admitted}; failed checks: {FailedChecks}")]
        public static partial void Received(ILogger logger, Guid requestId, bool admitted, int failedChecks);
    }
}

/// <summary>The automatic checks on a waiting request: a step of several use cases; the caller saves.</summary>
internal static class Triage
{
    /// <summary>Admits the request when every check passes; else notes which do not.</summary>
    public static async Task<bool> AdmitWhenClean(DispatchDb db, PooledRequest request, CourseCopy course, TimeProvider clock, CancellationToken ct)
    {
        var station = await db.Stations.AsNoTracking().SingleOrDefaultAsync(s => s.Code == request.StationCode, ct);
        var since = clock.GetUtcNow().AddMonths(-DispatchRules.On(clock.Today()).SameTrainingMonths);
        var completed = await db.Completed.AsNoTracking().Where(c => c.ResidentId == request.ResidentId && c.At > since).ToListAsync(ct);
        var openElsewhere = await db.Requests.AnyAsync(r =>
            r.ResidentId == request.ResidentId && r.Id != request.Id && r.OccupationCode == request.OccupationCode
            && (r.State == RequestState.AwaitingTriage || r.State == RequestState.Asked || r.State == RequestState.Pooled || r.State == RequestState.Placed), ct);
        request.Recheck(TriageChecks.Failed(request, course, station, completed, openElsewhere));
        if (request.FailedChecks.Count > 0)
        {
            return false;
        }

        await Admission.Admit(db, request, course, automatic: true, clock, ct);
        return true;
    }

    /// <summary>The station's time to look is over.</summary>
    public static async Task Due(DispatchDb db, Guid requestId, TimeProvider clock, CancellationToken ct)
    {
        var request = await db.Requests.SingleOrDefaultAsync(r => r.Id == requestId, ct);
        if (request is { State: RequestState.AwaitingTriage })
        {
            var course = await db.Courses.SingleAsync(c => c.Code == request.CourseCode, ct);
            if (!await AdmitWhenClean(db, request, course, clock, ct))
            {
                request.Escalate(clock.GetUtcNow());
            }
        }
    }
}
