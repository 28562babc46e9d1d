namespace SkillStation.Scheduler.Tests;

public sealed class WorkingCalendarTests
{
    [Theory]
    [InlineData("2026-09-30T15:00", 2, "2026-10-09T15:00")]    // over the National Day holidays
    [InlineData("2026-10-08T15:00", 2, "2026-10-10T15:00")]    // a Saturday worked in exchange
    [InlineData("2026-09-18T15:00", 1, "2026-09-20T15:00")]    // a Sunday worked in exchange
    [InlineData("2026-09-24T15:00", 1, "2026-09-28T15:00")]    // over Mid-Autumn
    [InlineData("2026-02-13T10:00", 1, "2026-02-14T10:00")]    // before Spring Festival, Saturday worked
    [InlineData("2026-02-14T10:00", 1, "2026-02-24T10:00")]    // over Spring Festival
    [InlineData("2025-09-30T10:00", 1, "2025-10-09T10:00")]
    [InlineData("2026-03-06T15:00", 1, "2026-03-09T15:00")]    // a plain weekend
    [InlineData("2026-03-07T15:00", 1, "2026-03-10T09:00")]    // started on a day off: from 09:00 of the next working day
    [InlineData("2026-03-07T15:00", 0, "2026-03-09T09:00")]
    [InlineData("2026-03-04T15:00", 0, "2026-03-04T15:00")]
    [InlineData("2026-03-06T15:00", 0.5, "2026-03-09T03:00")]  // reminders do not fall on a day off
    [InlineData("2026-03-04T23:30", 1, "2026-03-05T23:30")]
    [InlineData("2026-03-04T00:00", 1, "2026-03-05T00:00")]
    public void Working_days_are_counted_by_the_published_calendar(string from, double days, string until) =>
        Assert.Equal(Facts.Local(until), RealData.Calendar().AddWorkingDays(Facts.Local(from), (decimal)days));

    [Theory]
    [InlineData("2026-10-10", true)]
    [InlineData("2026-09-20", true)]
    [InlineData("2026-10-07", false)]
    [InlineData("2026-10-11", false)]
    [InlineData("2026-10-08", true)]
    [InlineData("2025-01-28", false)]
    public void A_day_is_what_the_calendar_says(string date, bool working) => Assert.Equal(working, RealData.Calendar().IsWorkingDay(DateOnly.Parse(date)));

    [Fact]
    public void A_year_that_is_not_published_takes_Monday_to_Friday_and_says_so()
    {
        var told = new List<int>();
        var calendar = RealData.Calendar(told.Add);

        Assert.False(calendar.IsPublished(2027));
        Assert.Equal(Facts.Local("2027-10-04T10:00"), calendar.AddWorkingDays(Facts.Local("2027-10-01T10:00"), 1));
        Assert.Equal([2027], told.Distinct());
    }

    [Fact]
    public void A_published_year_tells_nobody()
    {
        var told = new List<int>();
        RealData.Calendar(told.Add).AddWorkingDays(Facts.Local("2026-03-01T10:00"), 100);

        Assert.Empty(told);
    }

    [Fact]
    public void More_days_never_end_earlier()
    {
        var calendar = RealData.Calendar();
        for (var start = Facts.Local("2026-09-15T18:30"); start < Facts.Local("2026-10-15T00:00"); start = start.AddHours(7))
        {
            var ends = Enumerable.Range(0, 40).Select(n => calendar.AddWorkingDays(start, n / 4m)).ToList();
            Assert.Equal(ends.Order(), ends);
            Assert.True(ends[0] >= start);
        }
    }
}
