using System.Globalization;
using SkillStation.Contracts.Dispatch;

namespace SkillStation.Dispatch.Domain;

/// <summary>What is known of one institution when a pool looks for one.</summary>
/// <param name="QualifiedTo">Last day of a qualification that holds from today through the days asked for; null when there is none.</param>
/// <param name="CoolingUntil">It let too many offers lapse and is skipped until then.</param>
/// <param name="Load">Offers open or accepted whose class is not over.</param>
internal sealed record InstitutionFacts(InstitutionCopy Institution, DateOnly? QualifiedTo, double Km, int Load, int Ratings, int RatingsSum, bool Tried, DateTimeOffset? CoolingUntil);

/// <summary>An institution that may be offered a pool, with the numbers that its place comes from.</summary>
internal sealed record Ranked(int Rank, InstitutionFacts Facts, double Quality, double Score, IReadOnlyList<ReasonGiven> Reasons);

/// <summary>An institution that may not, and why.</summary>
internal sealed record Excluded(InstitutionFacts Facts, IReadOnlyList<ReasonGiven> Reasons);

/// <summary>
/// Which institution is offered a pool first (domain rule O6): hard filters, then a score, ties by code. Nothing here looks at a clock,
/// a database or chance, so the same numbers give the same order.
/// </summary>
internal sealed record Ranking(IReadOnlyList<Ranked> Candidates, IReadOnlyList<Excluded> FilteredOut)
{
    public static Ranking Of(IEnumerable<InstitutionFacts> institutions, int learners, DispatchRules rules)
    {
        var filteredOut = new List<Excluded>();
        var scored = new List<(InstitutionFacts Facts, double Quality, double Score)>();
        foreach (var facts in institutions)
        {
            var against = Against(facts, learners, rules);
            if (against.Count > 0)
            {
                filteredOut.Add(new Excluded(facts, against));
                continue;
            }

            var quality = Quality(facts, rules);
            var score = 100 * (rules.WeightDistance * (1 - facts.Km / rules.DistanceLimitKm) + rules.WeightLoad * (1 - (double)facts.Load / rules.LoadLimit) + rules.WeightQuality * quality);
            scored.Add((facts, quality, Math.Round(score, 4)));
        }

        var order = scored.OrderByDescending(s => s.Score).ThenBy(s => s.Facts.Institution.Code, StringComparer.Ordinal).ToList();
        return new Ranking(
            [.. order.Select((s, i) => new Ranked(i + 1, s.Facts, s.Quality, s.Score, Reasons(s.Facts, s.Quality, s.Score, i + 1, order.Count, rules)))],
            [.. filteredOut.OrderBy(e => e.Facts.Institution.Code, StringComparer.Ordinal)]);
    }

    /// <summary>The ratings' mean, drawn towards the starting quality while there are few.</summary>
    public static double Quality(InstitutionFacts facts, DispatchRules rules) =>
        ((double)facts.Institution.StartingQuality * rules.PriorRatings + facts.RatingsSum / 5.0) / (rules.PriorRatings + facts.Ratings);

    private static List<ReasonGiven> Against(InstitutionFacts facts, int learners, DispatchRules rules)
    {
        var against = new List<ReasonGiven>();
        if (facts.QualifiedTo is null)
        {
            against.Add(Say("NotQualified", $"没有从今天起管足 {rules.QualifiedDays} 天的这门课的资质", $"no qualification for this course that holds for the next {rules.QualifiedDays} days"));
        }

        if (facts.Institution.LargestRoom < learners)
        {
            against.Add(Say("RoomTooSmall", $"最大的课室只能坐 {facts.Institution.LargestRoom} 人，要 {learners} 人", $"its largest room holds {facts.Institution.LargestRoom}, and {learners} are needed"));
        }

        if (facts.Km > rules.DistanceLimitKm)
        {
            against.Add(Say("TooFar", $"离站点 {One(facts.Km)} 公里，超过 {One(rules.DistanceLimitKm)} 公里", $"{One(facts.Km)} km from the station, more than {One(rules.DistanceLimitKm)} km"));
        }

        if (facts.Tried)
        {
            against.Add(Say("AlreadyTried", "这个拼班已经派过给它", "this pool was offered to it before"));
        }

        if (facts.CoolingUntil is { } until)
        {
            var day = Platform.LocalTime.LocalDate(until).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            against.Add(Say("Cooling", $"{rules.LapseWindowDays} 天内 {rules.LapsesToCool} 次超时没有答复，{day} 前暂不派单", $"let {rules.LapsesToCool} offers lapse within {rules.LapseWindowDays} days; skipped until {day}"));
        }

        if (facts.Load >= rules.LoadLimit)
        {
            against.Add(Say("FullyLoaded", $"手上已有 {facts.Load} 个班，上限 {rules.LoadLimit} 个", $"has {facts.Load} classes in hand, of at most {rules.LoadLimit}"));
        }

        return against;
    }

    private static List<ReasonGiven> Reasons(InstitutionFacts facts, double quality, double score, int rank, int of, DispatchRules rules) =>
    [
        Say("Rank", $"{of} 家符合条件的机构里排第 {rank}，{One(score)} 分", $"rank {rank} of {of} that qualify, with {One(score)} points"),
        Say("Qualified", $"这门课的资质有效到 {facts.QualifiedTo:yyyy-MM-dd}", $"qualified for this course until {facts.QualifiedTo:yyyy-MM-dd}"),
        Say("Distance", $"离站点 {One(facts.Km)} 公里", $"{One(facts.Km)} km from the station"),
        Say("Load", $"手上有 {facts.Load} 个班，上限 {rules.LoadLimit} 个", $"{facts.Load} classes in hand, of at most {rules.LoadLimit}"),
        Say("Quality", $"质量分 {Two(quality)}（起始分 {Two((double)facts.Institution.StartingQuality)}，学员评价 {facts.Ratings} 次）", $"quality {Two(quality)} (started at {Two((double)facts.Institution.StartingQuality)}, {facts.Ratings} ratings)"),
    ];

    private static ReasonGiven Say(string code, FormattableString chinese, FormattableString english) =>
        new() { Code = code, Chinese = chinese.ToString(CultureInfo.InvariantCulture), English = english.ToString(CultureInfo.InvariantCulture) };

    private static ReasonGiven Say(string code, string chinese, string english) => new() { Code = code, Chinese = chinese, English = english };

    private static string One(double number) => number.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Two(double number) => number.ToString("0.00", CultureInfo.InvariantCulture);
}
