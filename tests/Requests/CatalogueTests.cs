using System.Net;
using System.Text.Json;
using SkillStation.Contracts;
using SkillStation.Contracts.Requests;

namespace SkillStation.Requests.Tests;

/// <summary>ListCourses, GetCourse and ListNearbyStations.</summary>
public sealed class CatalogueTests(City city) : IClassFixture<City>
{
    private const string AtCentral = "113.2644,23.1291";

    [Fact]
    public async Task The_whole_catalogue_is_announced_once()
    {
        var told = await city.Told<CourseListed>(_ => true);

        Assert.Equal(88, told.Count);
        Assert.Equal(88, told.Select(c => c.CourseCode).Distinct().Count());
    }

    [Fact]
    public async Task Page_after_page_shows_each_course_once()
    {
        var (codes, path) = (new List<string>(), "/api/v1/courses?size=30");
        for (string? next = ""; next is not null;)
        {
            var page = await city.Http.Get(path + (next.Length > 0 ? $"&after={Uri.EscapeDataString(next)}" : ""));
            codes.AddRange(Codes(page));
            next = page.Body.GetProperty("next").GetString();
        }

        Assert.Equal(88, codes.Count);
        Assert.Equal(codes.Order(StringComparer.Ordinal), codes);
        Assert.Equal(88, codes.Distinct().Count());
    }

    [Theory]
    [InlineData("text=养老", City.Carer)]
    [InlineData("text=ELDERLY%20care", City.Carer)]
    [InlineData("text=elderly%20basic", City.Carer)]
    [InlineData("text=4-10-01-05-l5", City.Carer)]
    [InlineData("text=一老一小&level=L5", City.Carer)]
    [InlineData("kind=LifeSkills&freeOnly=true&text=soup", City.Soup)]
    [InlineData("cluster=一老一小", City.Carer)]
    public async Task A_search_finds_by_any_word_in_either_language(string query, string expected)
    {
        Assert.Contains(expected, Codes(await city.Http.Get($"/api/v1/courses?size=100&{query}")));
    }

    [Theory]
    [InlineData("text=养老 电焊")]
    [InlineData("text=%25")]
    [InlineData("kind=NoSuchKind")]
    [InlineData("cluster=一老")]
    [InlineData("level=L1")]
    public async Task A_search_that_fits_nothing_is_an_empty_page(string query)
    {
        var page = await city.Http.Get($"/api/v1/courses?{query}");

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Empty(Codes(page));
    }

    [Theory]
    [InlineData("courses?near=23.1291,113.2644", "near-malformed", "near")]
    [InlineData("courses?near=here", "near-malformed", "near")]
    [InlineData("courses?near=NaN,NaN", "near-malformed", "near")]
    [InlineData("courses?withinMinutes=15", "near-needed", "near")]
    [InlineData("courses?near=113.2,23.1&withinMinutes=0", "invalid-fields", "withinMinutes")]
    [InlineData("courses/LS-healthy-soup?near=1;2", "near-malformed", "near")]
    [InlineData("nearby-stations", "near-needed", "near")]
    [InlineData("nearby-stations?near=113.2", "near-malformed", "near")]
    public async Task A_bad_place_is_a_field_error(string path, string code, string field)
    {
        var answer = await city.Http.Get("/api/v1/" + path);

        Assert.Equal((HttpStatusCode.BadRequest, code, field), (answer.Status, answer.Code, string.Join(',', answer.Fields)));
    }

    [Fact]
    public async Task With_a_place_each_course_says_which_station_and_which_forming_class_are_nearest()
    {
        var (near, far) = (City.NewId(), City.NewId());
        await city.Service.Hear(city.Pool(far, 1, course: "LS-tidying", station: City.Far, members: 9, threshold: 10));
        await city.Service.Hear(city.Pool(near, 1, course: "LS-tidying", station: City.North, members: 4, threshold: 10));
        await city.Service.Hear(city.Pool(City.NewId(), 1, PoolStates.Accepted, course: "LS-tidying"));
        var closes = city.Now.AddDays(10);
        await city.Service.Hear(city.Clock(DeadlineKinds.PoolClose, near, closes));
        await city.Service.Hear(city.Clock(DeadlineKinds.PoolWidenedClose, near, closes.AddDays(10)));

        var item = (await city.Http.Get($"/api/v1/courses?text=LS-tidying&near={AtCentral}")).Body.GetProperty("items")[0];
        var course = (await city.Http.Get($"/api/v1/courses/LS-tidying?near={AtCentral}")).Body;
        var placeless = (await city.Http.Get("/api/v1/courses?text=LS-tidying")).Body.GetProperty("items")[0];

        Assert.Equal((City.Central, 0), (item.GetProperty("nearestStation").GetProperty("code").GetString(), item.GetProperty("nearestStation").GetProperty("minutes").GetInt32()));
        var pool = item.GetProperty("nearestPool");
        Assert.Equal((near, 6, 13, closes), (pool.GetProperty("poolId").GetGuid(), pool.GetProperty("missing").GetInt32(), pool.GetProperty("minutes").GetInt32(), pool.GetProperty("closesAt").GetDateTimeOffset()));
        Assert.Equal([near, far], course.GetProperty("formingPools").EnumerateArray().Select(p => p.GetProperty("poolId").GetGuid()));
        Assert.Equal(JsonValueKind.Null, placeless.GetProperty("nearestStation").ValueKind);
        Assert.Equal(far, placeless.GetProperty("nearestPool").GetProperty("poolId").GetGuid());   // one missing
    }

    [Fact]
    public async Task Within_minutes_keeps_the_courses_for_which_people_gather_in_reach()
    {
        await city.Service.Hear(city.Pool(City.NewId(), 1, course: "LS-cantonese", station: City.North));
        await city.Service.Hear(city.Pool(City.NewId(), 1, course: "LS-first-aid", station: City.Far));

        var codes = Codes(await city.Http.Get($"/api/v1/courses?near={AtCentral}&withinMinutes=15&size=100"));

        Assert.Contains("LS-cantonese", codes);
        Assert.DoesNotContain("LS-first-aid", codes);
        Assert.DoesNotContain("LS-smartphone", codes);
    }

    [Fact]
    public async Task A_course_says_which_licence_it_does_not_give()
    {
        var electrician = (await city.Http.Get("/api/v1/courses?size=100")).Body.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("code").GetString()!).First(c => c.StartsWith("6-", StringComparison.Ordinal));
        var soup = await city.Http.Get($"/api/v1/courses/{City.Soup}");

        Assert.Equal(JsonValueKind.Object, (await city.Http.Get($"/api/v1/courses/{electrician}")).Body.GetProperty("licenceWarning").ValueKind);
        Assert.Equal((JsonValueKind.Null, 4m, 0m), (soup.Body.GetProperty("licenceWarning").ValueKind, soup.Body.GetProperty("hours").GetDecimal(), soup.Body.GetProperty("fee").GetDecimal()));
    }

    [Fact]
    public async Task An_unknown_course_is_not_found()
    {
        var answer = await city.Http.Get("/api/v1/courses/no-such");

        Assert.Equal((HttpStatusCode.NotFound, "course-not-found"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task The_nearest_stations_come_first()
    {
        var answer = await city.Http.Get($"/api/v1/nearby-stations?near={AtCentral}&take=2");

        Assert.Equal([(City.Central, 0), (City.North, 13)], answer.Body.EnumerateArray().Select(s => (s.GetProperty("code").GetString()!, s.GetProperty("minutes").GetInt32())));
    }

    private static List<string> Codes(Answer page) => [.. page.Body.GetProperty("items").EnumerateArray().Select(c => c.GetProperty("code").GetString()!)];
}
