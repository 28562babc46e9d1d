using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SkillStation.Platform;
using SkillStation.Scheduler.Data;
using SkillStation.Scheduler.Domain;

namespace SkillStation.Scheduler;

/// <summary>Which requests are counted; all that is left out does not narrow.</summary>
/// <param name="From">First day on which they were submitted.</param>
/// <param name="To">Last day, inclusive.</param>
/// <param name="District">District code.</param>
/// <param name="Station">Station code.</param>
/// <param name="Kind">Training kind.</param>
public readonly record struct IndicatorQuery(DateOnly? From, DateOnly? To, string? District, string? Station, string? Kind);

/// <summary>How many of the requests came how far; each was counted once however often it passed a point.</summary>
/// <param name="Asked">Requests submitted (点单).</param>
/// <param name="Dispatched">Offered to an institution at least once (派单).</param>
/// <param name="Accepted">Accepted by an institution (接单).</param>
/// <param name="Started">Whose class began, with a confirmed seat.</param>
/// <param name="MeanRating">1 to 5, one decimal; null without ratings.</param>
/// <param name="Unserved">For whom no class could be made.</param>
/// <param name="MedianDaysToFirstLesson">From request to first lesson, one decimal; null while nobody had one.</param>
/// <param name="CasesOpened">Followed after the course.</param>
public sealed record IndicatorsView(
    int Asked, int Admitted, int Pooled, int Dispatched, int Accepted, int SeatConfirmed, int Started, int Completed, int Dropped, int Certified, int Rated, decimal? MeanRating,
    int Refused, int Withdrawn, int Unserved, decimal? MedianDaysToFirstLesson, int CasesOpened, EmploymentView At90Days, SustainedView At180Days);

/// <summary>Work at a point. Who is not looking for work does not count; who was not reached does.</summary>
/// <param name="Asked">The denominator: everybody whose point is answered or missed, but for those who do not seek work.</param>
/// <param name="Answered">Of them, those who answered.</param>
/// <param name="Employed">Of them, those at work with proof.</param>
/// <param name="ResponseRate">Answered of asked, three decimals; null when nobody was asked.</param>
/// <param name="EmployedRate">Employed of asked, three decimals.</param>
/// <param name="ByEvidence">Share of the answers by what they are based on.</param>
public sealed record EmploymentView(int Asked, int Answered, int Employed, decimal? ResponseRate, decimal? EmployedRate, IReadOnlyDictionary<string, decimal> ByEvidence);

/// <summary>Still at work after half a year.</summary>
/// <param name="Decided">The denominator: cases that ran to their end, lost ones among them.</param>
/// <param name="Sustained">Of them, those still at work.</param>
/// <param name="Rate">Sustained of decided, three decimals; null when none is decided.</param>
/// <param name="ResponseRate">Answered of asked at this point, three decimals.</param>
/// <param name="ByEvidence">Share of the answers by what they are based on.</param>
public sealed record SustainedView(int Decided, int Sustained, decimal? Rate, decimal? ResponseRate, IReadOnlyDictionary<string, decimal> ByEvidence);

internal static class GetIndicatorsEndpoint
{
    public static void Map(RouteGroupBuilder indicators) => indicators.MapGet("", Handle).WithName("GetIndicators");

    /// <summary>The figures of the requests of a time, a district, a station or a training kind, counted now.</summary>
    private static async Task<Ok<IndicatorsView>> Handle([AsParameters] IndicatorQuery query, SchedulerDb db, CancellationToken ct) => TypedResults.Ok(await Count(db, query, ct));

    public static async Task<IndicatorsView> Count(SchedulerDb db, IndicatorQuery query, CancellationToken ct)
    {
        var journeys = Chosen(db, query);
        var counts = await journeys.GroupBy(_ => 1).Select(g => new
        {
            Asked = g.Count(),
            Admitted = g.Count(j => j.AdmittedAt != null),
            Pooled = g.Count(j => j.PooledAt != null),
            Dispatched = g.Count(j => j.DispatchedAt != null),
            Accepted = g.Count(j => j.AcceptedAt != null),
            SeatConfirmed = g.Count(j => j.SeatConfirmedAt != null),
            Started = g.Count(j => j.FirstLessonAt != null),
            Completed = g.Count(j => j.CompletedAt != null),
            Dropped = g.Count(j => j.DroppedAt != null),
            Certified = g.Count(j => j.CertifiedAt != null),
            Rated = g.Count(j => j.RatedAt != null),
            Stars = g.Average(j => (double?)j.Stars),
            Refused = g.Count(j => j.RefusedAt != null),
            Withdrawn = g.Count(j => j.WithdrawnAt != null),
            Unserved = g.Count(j => j.UnservedAt != null),
        }).SingleOrDefaultAsync(ct);
        var waits = (await journeys.Where(j => j.FirstLessonAt != null).Select(j => new { j.SubmittedAt, j.FirstLessonAt }).ToListAsync(ct))
            .Select(w => (w.FirstLessonAt!.Value - w.SubmittedAt!.Value).TotalDays).Order().ToList();

        var cases = db.Cases.AsNoTracking().Where(c => journeys.Any(j => j.RequestId == c.RequestId));
        var states = await cases.GroupBy(c => c.State).Select(g => new { State = g.Key, Count = g.Count() }).ToListAsync(ct);
        var answers = await (
            from task in db.FollowUps.AsNoTracking()
            join placement in cases on task.CaseId equals placement.Id
            where (task.Point == 90 || task.Point == 180) && (task.State == FollowUpState.Answered || task.State == FollowUpState.Unreachable)
            group task by new { task.Point, task.Outcome, task.Evidence } into g
            select new Answers(g.Key.Point, g.Key.Outcome, g.Key.Evidence, g.Count())).ToListAsync(ct);
        var sustained = states.Where(s => s.State == CaseState.Sustained).Sum(s => s.Count);
        var decided = states.Where(s => s.State is CaseState.Sustained or CaseState.Closed).Sum(s => s.Count);
        var at90 = At(90);
        var at180 = At(180);
        return new IndicatorsView(
            counts?.Asked ?? 0, counts?.Admitted ?? 0, counts?.Pooled ?? 0, counts?.Dispatched ?? 0, counts?.Accepted ?? 0, counts?.SeatConfirmed ?? 0, counts?.Started ?? 0, counts?.Completed ?? 0,
            counts?.Dropped ?? 0, counts?.Certified ?? 0, counts?.Rated ?? 0, counts?.Stars is { } stars ? Math.Round((decimal)stars, 1) : null,
            counts?.Refused ?? 0, counts?.Withdrawn ?? 0, counts?.Unserved ?? 0, Median(waits),
            states.Sum(s => s.Count), at90, new SustainedView(decided, sustained, Share(sustained, decided), at180.ResponseRate, at180.ByEvidence));

        EmploymentView At(int point)
        {
            var asked = answers.Where(a => a.Point == point && a.Outcome != Outcome.NotSeeking).ToList();
            var answered = asked.Where(a => a.Outcome is { } o && !o.IsOpen()).ToList();
            var (all, said) = (asked.Sum(a => a.Count), answered.Sum(a => a.Count));
            var employed = answered.Where(a => a.Outcome!.Value.IsEmployed() && a.Evidence?.IsProof() == true).Sum(a => a.Count);
            return new EmploymentView(
                all, said, employed, Share(said, all), Share(employed, all),
                answered.GroupBy(a => a.Evidence!.Value).OrderByDescending(g => g.Key).ToDictionary(g => g.Key.ToString(), g => Share(g.Sum(a => a.Count), said)!.Value));
        }
    }

    private static IQueryable<Journey> Chosen(SchedulerDb db, IndicatorQuery query)
    {
        var journeys = db.Journeys.AsNoTracking().Where(j => j.SubmittedAt != null);
        if (query.From is { } from)
        {
            var start = LocalTime.At(from, TimeOnly.MinValue);
            journeys = journeys.Where(j => j.SubmittedAt >= start);
        }

        if (query.To is { } to && to < DateOnly.MaxValue)
        {
            var end = LocalTime.At(to.AddDays(1), TimeOnly.MinValue);
            journeys = journeys.Where(j => j.SubmittedAt < end);
        }

        if (query.Station is { } station)
        {
            journeys = journeys.Where(j => j.StationCode == station);
        }

        if (query.District is { } district)
        {
            journeys = journeys.Where(j => db.Stations.Any(s => s.Code == j.StationCode && s.DistrictCode == district));
        }

        if (query.Kind is { } kind)
        {
            journeys = journeys.Where(j => db.Courses.Any(c => c.Code == j.CourseCode && c.TrainingKind == kind));
        }

        return journeys;
    }

    private static decimal? Share(int part, int whole) => whole == 0 ? null : Math.Round((decimal)part / whole, 3);

    private static decimal? Median(List<double> sorted) => sorted.Count == 0
        ? null
        : Math.Round((decimal)(sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[sorted.Count / 2 - 1] + sorted[sorted.Count / 2]) / 2), 1);

    private sealed record Answers(int Point, Outcome? Outcome, Evidence? Evidence, int Count);
}
