using System.Net;
using SkillStation.Contracts.Acceptance;

namespace SkillStation.Acceptance.Tests;

public sealed class InstitutionsTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(new AcceptanceModule());

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task The_first_start_announces_every_institution_and_qualification()
    {
        await Eventually.True(() => service.Published<QualificationGranted>().Count >= 872, "all qualifications are announced");

        Assert.Equal(120, service.Published<InstitutionListed>().Select(m => m.InstitutionCode).Distinct().Count());
        Assert.Equal(872, service.Published<QualificationGranted>().Select(m => m.QualificationId).Distinct().Count());
        Assert.Equal(36, service.Published<InstitutionListed>().Single(m => m.InstitutionCode == "YC-001").LargestRoom);
    }

    [Fact]
    public async Task Institutions_are_listed_page_by_page_none_twice()
    {
        var codes = new List<string>();
        string? after = null;
        do
        {
            var page = await service.Http.Get("/api/v1/institutions?size=50" + (after is null ? "" : "&after=" + after));
            codes.AddRange(page.Items("code"));
            after = page.Body.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal(120, codes.Count);
        Assert.Equal(codes.Order(StringComparer.Ordinal).Distinct(), codes);
    }

    [Fact]
    public async Task Institutions_are_found_by_district_and_by_a_course_that_they_may_run_today()
    {
        var answer = await service.Http.Get("/api/v1/institutions?district=440106&course=4-10-01-05-L5&size=100");

        Assert.All(answer.Items("districtCode"), d => Assert.Equal("440106", d));
        Assert.True(answer.Items("code").Length >= 5);
        var one = await service.Http.Get("/api/v1/institutions/" + answer.Items("code")[0]);
        Assert.Contains(one.Body.GetProperty("qualifications").EnumerateArray(), q => q.GetProperty("courseCode").GetString() == "4-10-01-05-L5" && q.GetProperty("isValid").GetBoolean());
        Assert.Contains(one.Body.GetProperty("rooms").EnumerateArray(), r => r.GetProperty("number").GetString() == "R1" && r.GetProperty("capacity").GetInt32() == 28);
        Assert.NotEmpty(one.Body.GetProperty("instructors").EnumerateArray());
    }

    [Fact]
    public async Task An_unknown_institution_is_not_found()
    {
        var answer = await service.Http.Get("/api/v1/institutions/YC-999");

        Assert.Equal((HttpStatusCode.NotFound, "institution-not-found"), (answer.Status, answer.Code));
    }
}
