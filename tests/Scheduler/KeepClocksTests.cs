using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SkillStation.Contracts;
using SkillStation.Contracts.Scheduler;
using SkillStation.Scheduler.Domain;
using static SkillStation.Contracts.DeadlineKinds;

namespace SkillStation.Scheduler.Tests;

public sealed class KeepClocksTests(RunningScheduler scheduler) : IClassFixture<RunningScheduler>
{
    private static readonly DateTimeOffset Start = Facts.Wednesday;   // 10:00 on Wednesday, 2026-03-04

    // Each clock: the fact that starts it, and when it is due.
    [Theory]
    [InlineData(Triage, "2026-03-05T10:00")]
    [InlineData(Information, "2026-03-09T10:00")]
    [InlineData(PoolClose, "2026-03-19T10:00")]
    [InlineData(PoolWidenedClose, "2026-03-14T10:00")]
    [InlineData(PoolDispatch, "2026-03-09T10:00")]
    [InlineData(ForcedDecision, "2026-03-09T10:00")]
    [InlineData(OfferAnswer, "2026-03-06T10:00")]
    [InlineData(ClassScheduling, "2026-03-18T10:00")]
    [InlineData(FilingDecision, "2026-03-09T10:00")]
    [InlineData(SeatAnswer, "2026-03-06T10:00")]
    [InlineData(SessionSheet, "2026-03-11T10:00")]
    [InlineData(Assessment, "2026-03-25T10:00")]
    [InlineData(Rating, "2026-03-11T10:00")]
    public async Task Each_clock_starts_with_its_fact_and_says_until_when(string kind, string due)
    {
        var subject = Guid.NewGuid();
        await Begin(kind, subject);

        var run = Assert.Single(await scheduler.Runs(kind, subject));
        Assert.Equal((DeadlineState.Running, Facts.Local(due)), (run.State, run.DueAt));
        var set = await scheduler.Service.Publishes<DeadlineSet>(s => s.SubjectId == subject && s.Kind == kind);
        Assert.Equal((run.Id, run.DueAt, TimeSpan.Zero), (set.DeadlineId, set.DueAt, set.ExtendedBy));
    }

    // Each clock and each fact that stops it.
    [Theory]
    [InlineData(Triage, "Admitted")]
    [InlineData(Triage, "Refused")]
    [InlineData(Triage, "Asked")]
    [InlineData(Triage, "Withdrawn")]
    [InlineData(Information, "Amended")]
    [InlineData(Information, "Admitted")]
    [InlineData(Information, "Refused")]
    [InlineData(Information, "Withdrawn")]
    [InlineData(PoolClose, "Pool:Ready")]
    [InlineData(PoolClose, "Pool:Closed")]
    [InlineData(PoolClose, "Pool:Widened")]
    [InlineData(PoolWidenedClose, "Pool:Ready")]
    [InlineData(PoolDispatch, "Pool:Dispatching")]
    [InlineData(PoolDispatch, "Pool:Escalated")]
    [InlineData(ForcedDecision, "Pool:Dispatching")]
    [InlineData(ForcedDecision, "Pool:Closed")]
    [InlineData(OfferAnswer, "Accepted")]
    [InlineData(OfferAnswer, "Declined")]
    [InlineData(OfferAnswer, "Revoked")]
    [InlineData(ClassScheduling, "Scheduled")]
    [InlineData(ClassScheduling, "Cancelled")]
    [InlineData(FilingDecision, "Decided")]
    [InlineData(FilingDecision, "Cancelled")]
    [InlineData(SeatAnswer, "SeatTaken")]
    [InlineData(SeatAnswer, "SeatRefused")]
    [InlineData(SeatAnswer, "SeatFreed")]
    [InlineData(SeatAnswer, "Withdrawn")]
    [InlineData(SeatAnswer, "ClassCancelled")]
    [InlineData(SessionSheet, "SheetClosed")]
    [InlineData(Assessment, "ClassOver")]
    [InlineData(Assessment, "Cancelled")]
    [InlineData(Rating, "Rated")]
    [InlineData(Rating, "Withdrawn")]
    public async Task Each_clock_stops_with_its_facts_whichever_is_heard_first(string kind, string fact)
    {
        var subject = Guid.NewGuid();
        await Begin(kind, subject);
        await End(fact, subject);
        Assert.Equal(DeadlineState.Met, Assert.Single(await scheduler.Runs(kind, subject)).State);

        if (!fact.StartsWith("Pool", StringComparison.Ordinal))
        {
            var other = Guid.NewGuid();
            await End(fact, other);
            await Begin(kind, other);
            Assert.Empty(await scheduler.Runs(kind, other));
        }
    }

    [Fact]
    public async Task A_fact_that_is_heard_twice_starts_one_clock()
    {
        var (request, message) = (Guid.NewGuid(), Guid.NewGuid());
        await scheduler.Service.Hear(Facts.Submitted(request, Start), message);
        await scheduler.Service.Hear(Facts.Submitted(request, Start), message);
        await scheduler.Service.Hear(Facts.Submitted(request, Start));

        Assert.Single(await scheduler.Runs(Triage, request));
    }

    [Fact]
    public async Task Question_and_answer_end_alike_in_whatever_order_they_are_heard()
    {
        foreach (var order in Orders(4))
        {
            var request = Guid.NewGuid();
            Func<Task>[] facts =
            [
                () => scheduler.Service.Hear(Facts.Submitted(request, Start)),
                () => scheduler.Service.Hear(Facts.Asked(request, Start.AddHours(1))),
                () => scheduler.Service.Hear(Facts.Amended(request, Start.AddHours(2))),
                () => scheduler.Service.Hear(Facts.Withdrawn(Guid.NewGuid(), Start.AddHours(3))),   // somebody else's
            ];
            foreach (var i in order)
            {
                await facts[i]();
            }

            var triage = (await scheduler.Runs(Triage, request)).Where(d => d.StoppedAt is null).ToList();
            Assert.Equal(Start.AddHours(2), Assert.Single(triage).StartedAt);
            Assert.DoesNotContain(await scheduler.Runs(Information, request), d => d.StoppedAt is null);
        }
    }

    [Fact]
    public async Task Once_admitted_no_order_of_the_news_leaves_a_clock_running()
    {
        foreach (var order in Orders(4))
        {
            var request = Guid.NewGuid();
            Func<Task>[] facts =
            [
                () => scheduler.Service.Hear(Facts.Submitted(request, Start)),
                () => scheduler.Service.Hear(Facts.Asked(request, Start.AddHours(1))),
                () => scheduler.Service.Hear(Facts.Amended(request, Start.AddHours(2))),
                () => scheduler.Service.Hear(Facts.Admitted(request, Start.AddHours(3))),
            ];
            foreach (var i in order)
            {
                await facts[i]();
            }

            Assert.Empty(await scheduler.InDb(db => db.Deadlines.Where(d => d.SubjectId == request && d.StoppedAt == null).ToListAsync()));
        }
    }

    [Fact]
    public async Task An_amendment_that_nobody_asked_for_starts_no_clock()
    {
        var request = Guid.NewGuid();
        await scheduler.Service.Hear(Facts.Submitted(request, Start));
        await scheduler.Service.Hear(Facts.Admitted(request, Start.AddHours(1)));
        await scheduler.Service.Hear(Facts.Amended(request, Start.AddHours(2)));

        Assert.Single(await scheduler.Runs(Triage, request));
    }

    [Fact]
    public async Task A_second_seat_starts_the_clock_anew_even_where_the_end_of_the_first_was_not_heard()
    {
        var request = Guid.NewGuid();
        await scheduler.Service.Hear(Facts.Seat(request, Start));
        await scheduler.Service.Hear(Facts.Seat(request, Start.AddDays(10)));
        await scheduler.Service.Hear(Facts.SeatFreed(request, Start.AddHours(3)));   // of the first seat, late

        var runs = await scheduler.Runs(SeatAnswer, request);
        Assert.Equal([(1, false), (2, true)], runs.Select(r => (r.Round, r.StoppedAt is null)));
        Assert.Equal(Start.AddDays(12), runs[1].DueAt);
    }

    [Fact]
    public async Task Of_a_pool_the_highest_version_counts()
    {
        var pool = Guid.NewGuid();
        await scheduler.Service.Hear(Facts.Pool(pool, 3, PoolStates.Ready, Start.AddHours(2)));
        await scheduler.Service.Hear(Facts.Pool(pool, 1, PoolStates.Forming, Start));
        await scheduler.Service.Hear(Facts.Pool(pool, 2, PoolStates.Forming, Start.AddHours(1)));

        Assert.Empty(await scheduler.Runs(PoolClose, pool));
        Assert.Single(await scheduler.Runs(PoolDispatch, pool));
    }

    [Fact]
    public async Task A_pool_that_grows_keeps_its_clock_and_one_that_shrinks_gets_a_new_one()
    {
        var pool = Guid.NewGuid();
        await scheduler.Service.Hear(Facts.Pool(pool, 1, PoolStates.Forming, Start));
        await scheduler.Service.Hear(Facts.Pool(pool, 2, PoolStates.Forming, Start.AddDays(1)));
        Assert.Equal(Start, Assert.Single(await scheduler.Runs(PoolClose, pool)).StartedAt);

        await scheduler.Service.Hear(Facts.Pool(pool, 3, PoolStates.Ready, Start.AddDays(2)));
        await scheduler.Service.Hear(Facts.Pool(pool, 4, PoolStates.Forming, Start.AddDays(3)));
        Assert.Equal([Start, Start.AddDays(3)], (await scheduler.Runs(PoolClose, pool)).Select(d => d.StartedAt));
    }

    [Fact]
    public async Task A_rule_for_the_training_kind_goes_before_the_rule_for_all()
    {
        var pool = Guid.NewGuid();
        await scheduler.Service.Hear(Facts.Pool(pool, 1, PoolStates.Forming, Start, kind: TrainingKinds.LifeSkills));

        Assert.Equal(Start.AddDays(10), Assert.Single(await scheduler.Runs(PoolClose, pool)).DueAt);
    }

    [Fact]
    public async Task A_filing_that_is_only_recorded_has_no_clock()
    {
        var trainingClass = Guid.NewGuid();
        await scheduler.Service.Hear(Facts.Filed(trainingClass, Start, FilingModes.RecordOnly));
        await scheduler.Service.Hear(Facts.Taught(trainingClass, Start, Assessments.None));

        Assert.Empty(await scheduler.InDb(db => db.Deadlines.Where(d => d.SubjectId == trainingClass).ToListAsync()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cancelled_class_leaves_no_sheet_to_close(bool cancelledIsHeardFirst)
    {
        var (trainingClass, session) = (Guid.NewGuid(), Guid.NewGuid());
        if (cancelledIsHeardFirst)
        {
            await scheduler.Service.Hear(Facts.Cancelled(trainingClass, Start.AddHours(1)));
        }

        await scheduler.Service.Hear(Facts.Scheduled(trainingClass, Start, (session, Start.AddDays(9))));
        if (!cancelledIsHeardFirst)
        {
            Assert.Equal(Start.AddDays(10), Assert.Single(await scheduler.Runs(SessionSheet, session)).DueAt);
            await scheduler.Service.Hear(Facts.Cancelled(trainingClass, Start.AddHours(1)));
        }

        Assert.DoesNotContain(await scheduler.Runs(SessionSheet, session), d => d.StoppedAt is null);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_timetable_that_is_made_anew_leaves_only_its_own_sheets_to_close(bool newerIsHeardFirst)
    {
        var (trainingClass, old, now) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var first = Facts.Scheduled(trainingClass, Start, (old, Start.AddDays(9)));
        var second = Facts.Scheduled(trainingClass, Start.AddDays(1), (now, Start.AddDays(12)));
        await scheduler.Service.Hear(newerIsHeardFirst ? second : first);
        await scheduler.Service.Hear(newerIsHeardFirst ? first : second);

        Assert.DoesNotContain(await scheduler.Runs(SessionSheet, old), d => d.StoppedAt is null);
        Assert.Null(Assert.Single(await scheduler.Runs(SessionSheet, now)).StoppedAt);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_institution_that_made_no_timetable_leaves_none_to_be_made(bool endIsHeardFirst)
    {
        var (offer, trainingClass) = (Guid.NewGuid(), Guid.NewGuid());
        var accepted = Facts.Accepted(offer, trainingClass, Start);
        var givenBack = Facts.Declined(offer, Start.AddDays(15)) with { Answer = OfferAnswers.NotScheduled };
        if (endIsHeardFirst)
        {
            await scheduler.Service.Hear(givenBack);
            await scheduler.Service.Hear(accepted);
        }
        else
        {
            await scheduler.Service.Hear(accepted);
            await scheduler.Service.Hear(givenBack);
        }

        Assert.DoesNotContain(await scheduler.Runs(ClassScheduling, trainingClass), d => d.StoppedAt is null);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]   // the control: without the guards the race is lost
    public async Task A_clock_is_started_once_even_when_two_do_it_at_the_same_moment(bool guarded, int started)
    {
        var own = new RunningScheduler();
        await own.InitializeAsync();
        await using var _ = own;
        var request = Guid.NewGuid();
        await own.Service.Hear(Facts.Asked(request, Start.AddDays(-1)));   // so that the clock is known
        if (!guarded)
        {
            await own.InDb(db => db.Database.ExecuteSqlRawAsync("DROP INDEX \"IX_Deadlines_Kind_SubjectId_Round\""));
        }

        var rendezvous = new Rendezvous(2, db => db.ChangeTracker.Entries<Deadline>().Any(e => e.State == EntityState.Added));
        await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            await using var db = await own.ByHand(rendezvous, versionsCount: guarded);
            await new ClockKeeper(db, own.Service.Services.GetRequiredService<Rulebook>(), own.Service.Clock).Keep(Facts.Submitted(request, Start), default);
            try
            {
                await db.SaveChangesAsync();
            }
            catch (DbUpdateException) when (guarded)
            {
                // the bus would try again, and find the clock running
            }
        }));

        Assert.Equal(started, (await own.Runs(Triage, request)).Count);
    }

    private async Task Begin(string kind, Guid subject)
    {
        var service = scheduler.Service;
        await (kind switch
        {
            Triage => service.Hear(Facts.Submitted(subject, Start)),
            Information => service.Hear(Facts.Asked(subject, Start)),
            PoolClose => service.Hear(Facts.Pool(subject, 1, PoolStates.Forming, Start)),
            PoolWidenedClose => service.Hear(Facts.Pool(subject, 1, PoolStates.Forming, Start, widened: true)),
            PoolDispatch => service.Hear(Facts.Pool(subject, 1, PoolStates.Ready, Start)),
            ForcedDecision => service.Hear(Facts.Pool(subject, 1, PoolStates.Escalated, Start)),
            OfferAnswer => service.Hear(Facts.Offered(subject, Start)),
            ClassScheduling => service.Hear(Facts.Accepted(Guid.NewGuid(), subject, Start)),
            FilingDecision => service.Hear(Facts.Filed(subject, Start)),
            SeatAnswer => service.Hear(Facts.Seat(subject, Start)),
            SessionSheet => service.Hear(Facts.Scheduled(Guid.NewGuid(), Start, (subject, Start.AddDays(6)))),
            Assessment => service.Hear(Facts.Taught(subject, Start)),
            _ => service.Hear(Facts.ClassOver(Guid.NewGuid(), Start, subject)),
        });
    }

    private async Task End(string fact, Guid subject)
    {
        var (service, at) = (scheduler.Service, Start.AddHours(1));
        await (fact switch
        {
            "Admitted" => service.Hear(Facts.Admitted(subject, at)),
            "Refused" => service.Hear(Facts.Refused(subject, at)),
            "Asked" => service.Hear(Facts.Asked(subject, at)),
            "Amended" => service.Hear(Facts.Amended(subject, at)),
            "Withdrawn" => service.Hear(Facts.Withdrawn(subject, at)),
            "Pool:Ready" => service.Hear(Facts.Pool(subject, 2, PoolStates.Ready, at)),
            "Pool:Widened" => service.Hear(Facts.Pool(subject, 2, PoolStates.Forming, at, widened: true)),
            "Pool:Dispatching" => service.Hear(Facts.Pool(subject, 2, PoolStates.Dispatching, at)),
            "Pool:Escalated" => service.Hear(Facts.Pool(subject, 2, PoolStates.Escalated, at)),
            "Pool:Closed" => service.Hear(Facts.Pool(subject, 2, PoolStates.Closed, at)),
            "Accepted" => service.Hear(Facts.Accepted(subject, Guid.NewGuid(), at)),
            "Declined" => service.Hear(Facts.Declined(subject, at)),
            "Revoked" => service.Hear(Facts.Revoked(subject, at)),
            "Scheduled" => service.Hear(Facts.Scheduled(subject, at)),
            "Cancelled" => service.Hear(Facts.Cancelled(subject, at)),
            "ClassCancelled" => service.Hear(Facts.Cancelled(Guid.NewGuid(), at, subject)),
            "Decided" => service.Hear(Facts.Decided(subject, at)),
            "SeatTaken" => service.Hear(Facts.SeatTaken(subject, at)),
            "SeatRefused" => service.Hear(Facts.SeatRefused(subject, at)),
            "SeatFreed" => service.Hear(Facts.SeatFreed(subject, at)),
            "SheetClosed" => service.Hear(Facts.SheetClosed(Guid.NewGuid(), subject, at)),
            "ClassOver" => service.Hear(Facts.ClassOver(subject, at)),
            _ => service.Hear(Facts.Rated(subject, at)),
        });
    }

    private static IEnumerable<int[]> Orders(int n) => n == 0
        ? [[]]
        : Orders(n - 1).SelectMany(o => Enumerable.Range(0, n).Select(i => o[..i].Append(n - 1).Concat(o[i..]).ToArray()));
}
