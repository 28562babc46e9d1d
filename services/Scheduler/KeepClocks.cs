using MassTransit;
using Microsoft.EntityFrameworkCore;
using SkillStation.Contracts.Acceptance;
using SkillStation.Contracts.Dispatch;
using SkillStation.Contracts.Requests;
using SkillStation.Contracts.Scheduler;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>Carries out what the <see cref="ClockTable"/> says of a fact.</summary>
internal sealed class ClockKeeper(SchedulerDb db, Rulebook rulebook, TimeProvider time)
{
    private readonly Dictionary<(string Kind, Guid Subject), Clock> clocks = [];
    private List<Deadline> open = [];
    private Dictionary<string, string> kinds = [];

    public async Task Keep(object fact, CancellationToken ct)
    {
        var changes = ClockTable.Of(fact).ToList();
        await Load(changes, ct);
        foreach (var change in changes)
        {
            switch (change)
            {
                case StartClock start:
                    await Start(start, ct);
                    break;
                case StopClock stop:
                    await Stop(stop, ct);
                    break;
                case StopParts stop:
                    ClockOf(stop.Clock, stop.Subject).Stop(stop.At, null);
                    foreach (var part in open.Where(d => d.Kind == stop.Clock && d.PartOf == stop.Subject))
                    {
                        part.Stop(stop.At);
                    }

                    break;
                case RunClock run:
                    await Run(run, ct);
                    break;
            }
        }
    }

    private async Task Load(List<ClockChange> changes, CancellationToken ct)
    {
        var starts = changes.OfType<StartClock>().ToList();
        var subjects = changes.Select(c => c.Subject).Concat(starts.Select(s => s.PartOf).OfType<Guid>()).Distinct().ToList();
        var wholes = changes.OfType<StopParts>().Select(c => (Guid?)c.Subject).ToList();
        var courses = starts.Select(s => s.CourseCode).OfType<string>().Distinct().ToList();
        foreach (var clock in await db.Clocks.Where(c => subjects.Contains(c.SubjectId)).ToListAsync(ct))
        {
            clocks[(clock.Kind, clock.SubjectId)] = clock;
        }

        open = await db.Deadlines.Where(d => d.StoppedAt == null && (subjects.Contains(d.SubjectId) || wholes.Contains(d.PartOf))).ToListAsync(ct);
        kinds = courses.Count == 0 ? [] : await db.Courses.AsNoTracking().Where(c => courses.Contains(c.Code)).ToDictionaryAsync(c => c.Code, c => c.TrainingKind, ct);
    }

    private async Task Start(StartClock start, CancellationToken ct)
    {
        var clock = ClockOf(start.Clock, start.Subject);
        clock.Touch(start.TrainingKind ?? (start.CourseCode is null ? null : kinds.GetValueOrDefault(start.CourseCode)));
        if (start.PartOf is { } whole)
        {
            var together = ClockOf(start.Clock, whole);
            together.Touch();
            if (together.IsPast(start.At))
            {
                return;
            }
        }

        if (!clock.IsPast(start.At))
        {
            Running(start.Clock, start.Subject)?.Stop(start.At);
            await Begin(clock, start.At, start.From, start.PartOf, ct);
        }
        else if (clock.TakeThen(start.At) is { } then)
        {
            await Start(new StartClock(then, start.Subject, clock.StoppedAt!.Value, clock.StoppedAt.Value, null, null, null), ct);
        }
    }

    private async Task Stop(StopClock stop, CancellationToken ct)
    {
        var running = Running(stop.Clock, stop.Subject);
        var stops = running is not null && stop.At >= running.SetAt;
        ClockOf(stop.Clock, stop.Subject).Stop(stop.At, stops ? null : stop.Then);
        if (stops)
        {
            running!.Stop(stop.At);
            if (stop.Then is not null)
            {
                await Start(new StartClock(stop.Then, stop.Subject, stop.At, stop.At, null, null, null), ct);
            }
        }
    }

    private async Task Run(RunClock run, CancellationToken ct)
    {
        var running = Running(run.Clock, run.Subject);
        if (run.On && running is null)
        {
            var clock = ClockOf(run.Clock, run.Subject);
            clock.Touch(run.TrainingKind);
            await Begin(clock, run.At, run.At, null, ct);
        }
        else if (!run.On && running is not null)
        {
            running.Stop(run.At);
        }
    }

    private async Task Begin(Clock clock, DateTimeOffset at, DateTimeOffset from, Guid? partOf, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var rule = rulebook.RuleFor(clock.Kind, clock.TrainingKind, from);
        clock.Start(at);
        var deadline = Deadline.Start(
            db.NewId(),
            clock.Kind,
            clock.SubjectId,
            clock.Rounds,
            partOf,
            at,
            from,
            rule.After(from, rule.FirstWarning, rulebook.Calendar),
            rule.After(from, rule.SecondWarning, rulebook.Calendar),
            rule.After(from, 100, rulebook.Calendar));
        if (deadline.DueAt <= now)
        {
            // News that itself waited for the end of an outage of ours.
            foreach (var outage in await db.Outages.AsNoTracking().Where(o => o.StartedAt < deadline.DueAt && o.EndedAt >= deadline.DueAt).ToListAsync(ct))
            {
                deadline.Extend(outage.Length);
            }
        }

        db.Deadlines.Add(deadline);
        open.Add(deadline);
        db.Publish(deadline.SubjectId, deadline.ToSet(now));
    }

    private Deadline? Running(string kind, Guid subject) => open.Find(d => d.Kind == kind && d.SubjectId == subject && d.StoppedAt is null);

    private Clock ClockOf(string kind, Guid subject)
    {
        if (!clocks.TryGetValue((kind, subject), out var clock))
        {
            clock = new Clock(kind, subject);
            clocks.Add((kind, subject), clock);
            db.Clocks.Add(clock);
        }

        return clock;
    }
}

internal static class DeadlineNews
{
    public static DeadlineSet ToSet(this Deadline deadline, DateTimeOffset now) => new()
    {
        DeadlineId = deadline.Id,
        Kind = deadline.Kind,
        SubjectId = deadline.SubjectId,
        DueAt = deadline.DueAt,
        ExtendedBy = deadline.ExtendedBy,
        At = now,
    };
}

internal sealed class KeepRequestClocksConsumer(ClockKeeper clocks) :
    IConsumer<RequestSubmitted>, IConsumer<RequestAmended>, IConsumer<RequestAdmitted>, IConsumer<RequestRefused>, IConsumer<InformationRequested>, IConsumer<RequestWithdrawn>
{
    public Task Consume(ConsumeContext<RequestSubmitted> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<RequestAmended> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<RequestAdmitted> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<RequestRefused> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<InformationRequested> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<RequestWithdrawn> context) => clocks.Keep(context.Message, context.CancellationToken);
}

internal sealed class KeepPoolClocksConsumer(SchedulerDb db, ClockKeeper clocks) : IConsumer<PoolChanged>
{
    public async Task Consume(ConsumeContext<PoolChanged> context)
    {
        var message = context.Message;
        var pool = await db.Pools.FindAsync([message.PoolId], context.CancellationToken) ?? db.Pools.Add(new PoolHeard(message.PoolId)).Entity;
        if (pool.IsNews(message.Version))
        {
            await clocks.Keep(message, context.CancellationToken);
        }
    }
}

internal sealed class KeepOfferClocksConsumer(ClockKeeper clocks) : IConsumer<ClassOffered>, IConsumer<OfferAccepted>, IConsumer<OfferDeclined>, IConsumer<OfferRevoked>
{
    public Task Consume(ConsumeContext<ClassOffered> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<OfferAccepted> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<OfferDeclined> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<OfferRevoked> context) => clocks.Keep(context.Message, context.CancellationToken);
}

internal sealed class KeepSeatClocksConsumer(ClockKeeper clocks) : IConsumer<SeatOffered>, IConsumer<SeatConfirmed>, IConsumer<SeatDeclined>, IConsumer<SeatReleased>, IConsumer<TrainingRated>
{
    public Task Consume(ConsumeContext<SeatOffered> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<SeatConfirmed> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<SeatDeclined> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<SeatReleased> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<TrainingRated> context) => clocks.Keep(context.Message, context.CancellationToken);
}

internal sealed class KeepClassClocksConsumer(ClockKeeper clocks) :
    IConsumer<ClassScheduled>, IConsumer<ClassFiled>, IConsumer<FilingDecided>, IConsumer<SessionClosed>, IConsumer<TeachingEnded>, IConsumer<ClassCompleted>, IConsumer<ClassCancelled>
{
    public Task Consume(ConsumeContext<ClassScheduled> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<ClassFiled> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<FilingDecided> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<SessionClosed> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<TeachingEnded> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<ClassCompleted> context) => clocks.Keep(context.Message, context.CancellationToken);

    public Task Consume(ConsumeContext<ClassCancelled> context) => clocks.Keep(context.Message, context.CancellationToken);
}
