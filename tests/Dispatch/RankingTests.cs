using SkillStation.Dispatch.Domain;

namespace SkillStation.Dispatch.Tests;

public sealed class RankingTests
{
    private static readonly DispatchRules Rules = DispatchRules.On(new DateOnly(2026, 3, 2));
    private static readonly DateTimeOffset Now = RunningService.Start;

    [Fact]
    public void The_score_is_the_formula_that_the_rules_state()
    {
        var ranking = Ranking.Of([Facts("A", km: 5, load: 3, quality: 0.9m, ratings: 10, ratingsSum: 30)], 15, Rules);

        var quality = (0.9 * 10 + 30 / 5.0) / 20;
        var score = 100 * (0.4 * (1 - 5 / 20.0) + 0.2 * (1 - 3 / 6.0) + 0.4 * quality);
        Assert.Equal((quality, score), (ranking.Candidates[0].Quality, ranking.Candidates[0].Score));
    }

    [Theory]
    [InlineData("near", "far")]
    [InlineData("free", "busy")]
    [InlineData("good", "poor")]
    public void The_nearer_the_freer_and_the_better_come_first(string first, string second)
    {
        var facts = new Dictionary<string, InstitutionFacts>
        {
            ["near"] = Facts("Z", km: 1),
            ["far"] = Facts("A", km: 9),
            ["free"] = Facts("Z", load: 0),
            ["busy"] = Facts("A", load: 4),
            ["good"] = Facts("Z", quality: 0.9m),
            ["poor"] = Facts("A", quality: 0.5m),
        };

        var ranking = Ranking.Of([facts[second], facts[first]], 15, Rules);

        Assert.Equal([facts[first], facts[second]], ranking.Candidates.Select(c => c.Facts));
    }

    [Fact]
    public void Equal_scores_are_ordered_by_code_whatever_the_order_of_the_rows()
    {
        var rows = new[] { Facts("C"), Facts("A"), Facts("B") };

        Assert.Equal(["A", "B", "C"], Ranking.Of(rows, 15, Rules).Candidates.Select(c => c.Facts.Institution.Code));
        Assert.Equal(["A", "B", "C"], Ranking.Of(rows.Reverse(), 15, Rules).Candidates.Select(c => c.Facts.Institution.Code));
    }

    [Fact]
    public void Few_ratings_move_the_quality_a_little_and_many_a_lot()
    {
        Assert.Equal(0.9, Ranking.Quality(Facts("A", quality: 0.9m), Rules), 6);
        Assert.InRange(Ranking.Quality(Facts("A", quality: 0.9m, ratings: 1, ratingsSum: 1), Rules), 0.8, 0.9);
        Assert.InRange(Ranking.Quality(Facts("A", quality: 0.9m, ratings: 200, ratingsSum: 200), Rules), 0.2, 0.25);
    }

    [Theory]
    [InlineData("NotQualified")]
    [InlineData("RoomTooSmall")]
    [InlineData("TooFar")]
    [InlineData("AlreadyTried")]
    [InlineData("Cooling")]
    [InlineData("FullyLoaded")]
    public void An_institution_that_may_not_is_left_out_with_the_reason_in_both_languages(string code)
    {
        var facts = code switch
        {
            "NotQualified" => Facts("A") with { QualifiedTo = null },
            "RoomTooSmall" => Facts("A", room: 14),
            "TooFar" => Facts("A", km: 20.1),
            "AlreadyTried" => Facts("A") with { Tried = true },
            "Cooling" => Facts("A") with { CoolingUntil = Now.AddDays(3) },
            _ => Facts("A", load: 6),
        };

        var ranking = Ranking.Of([facts], 15, Rules);

        Assert.Empty(ranking.Candidates);
        var reason = Assert.Single(ranking.FilteredOut[0].Reasons);
        Assert.Equal(code, reason.Code);
        Assert.True(reason.Chinese.Any(c => c > 0x4e00) && reason.English.All(c => c < 0x4e00));
    }

    [Fact]
    public void Reasons_are_made_of_the_numbers()
    {
        var reasons = Ranking.Of([Facts("A", km: 2.31, load: 1)], 15, Rules).Candidates[0].Reasons.ToDictionary(r => r.Code);

        Assert.Equal(("离站点 2.3 公里", "2.3 km from the station"), (reasons["Distance"].Chinese, reasons["Distance"].English));
        Assert.Equal("手上有 1 个班，上限 6 个", reasons["Load"].Chinese);
        Assert.Contains("2027-12-31", reasons["Qualified"].Chinese, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 1 }, false)]
    [InlineData(new[] { 1, 20 }, true)]
    [InlineData(new[] { 13, 42 }, true)]
    [InlineData(new[] { 1, 32 }, false)]
    [InlineData(new[] { 15, 20 }, false)]
    public void Two_lapses_in_thirty_days_skip_an_institution_for_fourteen(int[] daysAgo, bool skipped)
    {
        var until = Candidates.CoolingUntil([.. daysAgo.Select(d => Now.AddDays(-d))], Rules, Now);

        Assert.Equal(skipped ? Now.AddDays(14 - daysAgo[0]) : null, until);
    }

    [Fact]
    public void No_rules_hold_before_the_first_that_are_dated() =>
        Assert.Throws<InvalidOperationException>(() => DispatchRules.On(new DateOnly(2024, 12, 31)));

    private static InstitutionFacts Facts(string code, double km = 2, int load = 0, decimal quality = 0.8m, int ratings = 0, int ratingsSum = 0, int room = 40) => new(
        new InstitutionCopy { Code = code, Version = 1, Name = "学校", NameEn = "School", DistrictCode = "440106", Longitude = 113, Latitude = 23, StartingQuality = quality, LargestRoom = room },
        new DateOnly(2027, 12, 31), km, load, ratings, ratingsSum, false, null);
}
