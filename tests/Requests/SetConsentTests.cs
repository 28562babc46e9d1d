using System.Net;
using SkillStation.Contracts.Requests;

namespace SkillStation.Requests.Tests;

public sealed class SetConsentTests(City city) : IClassFixture<City>
{
    [Fact]
    public async Task A_consent_is_given_and_taken_back_and_each_change_is_told_once()
    {
        var resident = await city.Resident();
        var path = $"/api/v1/residents/{resident}/consents/FollowUpContact";

        var given = await city.Http.Put(path, new { granted = true });
        await city.Http.Put(path, new { granted = true });
        var taken = await city.Http.Put(path, new { granted = false }, ifMatch: given.ETag);

        Assert.Equal(["FollowUpContact", "HandleRequest"], Consents(given));
        Assert.Equal(["HandleRequest"], Consents(taken));
        Assert.Equal([true, false], (await city.Told<ConsentChanged>(m => m.ResidentId == resident)).OrderBy(m => m.At).Select(m => m.Granted));
    }

    [Fact]
    public async Task The_consent_to_handle_a_request_stays_while_one_is_open()
    {
        var wanted = await city.Submitted();
        var path = $"/api/v1/residents/{wanted.ResidentId}/consents/HandleRequest";

        var refused = await city.Http.Put(path, new { granted = false });
        await wanted.Do("withdraw");
        var done = await city.Http.Put(path, new { granted = false });

        Assert.Equal((HttpStatusCode.Conflict, "request-still-open"), (refused.Status, refused.Code));
        Assert.Equal(HttpStatusCode.OK, done.Status);
    }

    [Theory]
    [InlineData("Marketing", "{\"granted\":true}", null, HttpStatusCode.NotFound, "purpose-not-found")]
    [InlineData("FaceCheckIn", "{}", null, HttpStatusCode.BadRequest, "invalid-fields")]
    [InlineData("FaceCheckIn", "{\"granted\":\"yes\"}", null, HttpStatusCode.BadRequest, "malformed-body")]
    [InlineData("FaceCheckIn", "{\"granted\":true}", "\"9\"", HttpStatusCode.PreconditionFailed, "stale-version")]
    public async Task What_cannot_be_is_refused(string purpose, string body, string? ifMatch, HttpStatusCode status, string code)
    {
        var resident = await city.Resident();

        var answer = await city.Http.Put($"/api/v1/residents/{resident}/consents/{purpose}", body, ifMatch);

        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Empty(await city.Told<ConsentChanged>(m => m.ResidentId == resident));
    }

    [Fact]
    public async Task An_unknown_resident_is_not_found()
    {
        var answer = await city.Http.Put($"/api/v1/residents/{City.NewId()}/consents/FaceCheckIn", new { granted = true });

        Assert.Equal((HttpStatusCode.NotFound, "resident-not-found"), (answer.Status, answer.Code));
    }

    private static IEnumerable<string?> Consents(Answer answer) => answer.Body.GetProperty("consents").EnumerateArray().Select(c => c.GetString());
}
