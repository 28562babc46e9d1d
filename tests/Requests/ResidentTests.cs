using SkillStation.Contracts;
using SkillStation.Requests.Domain;

namespace SkillStation.Requests.Tests;

public sealed class ResidentTests
{
    // Consent before, command, whether a request is open; what is said, consent afterwards.
    [Theory]
    [InlineData("HandleRequest", true, "grant", false, "nothing-to-change", true)]
    [InlineData("HandleRequest", true, "take back", false, null, false)]
    [InlineData("HandleRequest", true, "take back", true, "request-still-open", true)]
    [InlineData("HandleRequest", true, "ask", false, null, true)]
    [InlineData("HandleRequest", false, "grant", false, null, true)]
    [InlineData("HandleRequest", false, "take back", false, "nothing-to-change", false)]
    [InlineData("HandleRequest", false, "ask", false, "consent-needed", false)]
    [InlineData("FollowUpContact", true, "take back", true, null, false)]
    [InlineData("FollowUpContact", false, "grant", true, null, true)]
    [InlineData("FollowUpContact", false, "ask", false, null, false)]
    public void Every_consent_answers_every_command(string purpose, bool before, string command, bool open, string? code, bool after)
    {
        var now = RunningService.Start;
        var (resident, _) = Resident.Register(Guid.CreateVersion7(), "陈小明", "13800138000", null, null, new[] { ConsentPurposes.HandleRequest, purpose }.Distinct(), new DateOnly(2026, 3, 2), now);
        if (!before)
        {
            resident!.TakeBack(purpose, false, now.AddHours(1));
        }

        var version = resident!.Version;
        var refusal = command switch
        {
            "grant" => resident.Grant(purpose, now.AddHours(2)),
            "take back" => resident.TakeBack(purpose, open, now.AddHours(2)),
            _ => resident.AskForTraining(),
        };

        Assert.Equal((code, after, version + (code is null ? 1 : 0)), (refusal?.Code, resident.Agreed(purpose), resident.Version));
    }

    [Theory]
    [InlineData("1986-03-03", 39)]
    [InlineData("1986-03-02", 40)]
    [InlineData("2008-02-29", 18)]
    public void An_age_is_in_whole_years(string bornOn, int age)
    {
        var (resident, _) = Resident.Register(Guid.CreateVersion7(), "陈", "13800138000", null, DateOnly.Parse(bornOn), [ConsentPurposes.HandleRequest], new DateOnly(2026, 3, 2), RunningService.Start);

        Assert.Equal(age, resident!.AgeOn(new DateOnly(2026, 3, 2)));
    }
}
