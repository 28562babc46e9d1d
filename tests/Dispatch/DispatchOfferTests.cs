using SkillStation.Contracts;
using SkillStation.Dispatch.Domain;
using SkillStation.Platform.Http;

namespace SkillStation.Dispatch.Tests;

public sealed class DispatchOfferTests
{
    private static readonly DateTimeOffset Now = RunningService.Start;

    private static readonly Dictionary<string, Func<DispatchOffer, Refusal?>> Commands = new()
    {
        ["accept"] = o => o.Accept(Guid.CreateVersion7(), Now),
        ["decline"] = o => o.Decline(OfferAnswers.Declined, "NoRoom", Now),
        ["return"] = o => o.Decline(OfferAnswers.Returned, "OutOfArea", Now),
        ["lapse"] = o => o.Decline(OfferAnswers.Lapsed, null, Now),
        ["notScheduled"] = o => o.Decline(OfferAnswers.NotScheduled, null, Now),
        ["revoke"] = o => o.Revoke("机构停水", Now),
        ["cancel"] = o => o.Cancel("ByInstitution", Now),
        ["hold"] = o => o.Hold(Now),
    };

    private static readonly TheoryData<string, string, string> Table = StateTable.Cells("""
                      Offered             Accepted         Declined            Returned            Lapsed              NotScheduled        Revoked             Cancelled           Held
        accept        Accepted            offer-answered   offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered
        decline       Declined            offer-answered   offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered
        return        Returned            offer-answered   offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered
        lapse         Lapsed              offer-answered   offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered
        notScheduled  NotScheduled        NotScheduled     offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered
        revoke        Revoked             Revoked          offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered      offer-answered
        cancel        offer-not-accepted  Cancelled        offer-not-accepted  offer-not-accepted  offer-not-accepted  offer-not-accepted  offer-not-accepted  offer-not-accepted  offer-not-accepted
        hold          offer-not-accepted  Held             offer-not-accepted  offer-not-accepted  offer-not-accepted  offer-not-accepted  offer-not-accepted  offer-not-accepted  offer-not-accepted
        """);

    public static TheoryData<string, string, string> Cells => Table;

    [Fact]
    public void The_table_holds_every_state_and_every_command() => StateTable.IsWhole<OfferState>(Table, Commands.Keys);

    [Theory]
    [MemberData(nameof(Cells))]
    public void A_command_in_a_state_does_what_the_table_says(string state, string command, string expected)
    {
        var offer = In(Enum.Parse<OfferState>(state));
        var version = offer.Version;

        var refusal = Commands[command](offer);

        StateTable.Check(expected, state, version, refusal, offer.State.ToString(), offer.Version);
    }

    [Theory]
    [InlineData("Offered", true)]
    [InlineData("Accepted", true)]
    [InlineData("Declined", false)]
    [InlineData("Revoked", false)]
    [InlineData("Held", false)]
    public void An_offer_holds_its_pool_while_it_is_open_or_accepted(string state, bool holds)
    {
        var offer = In(Enum.Parse<OfferState>(state));

        Assert.Equal(holds ? offer.PoolId : null, offer.LiveKey);
    }

    private static DispatchOffer In(OfferState state)
    {
        var school = new InstitutionCopy { Code = "YC", Version = 1, Name = "学校", NameEn = "School", DistrictCode = "440106", Longitude = 113, Latitude = 23, StartingQuality = 0.8m, LargestRoom = 40 };
        var offer = DispatchOffer.Make(Guid.CreateVersion7(), Guid.CreateVersion7(), 1, school, [], false, null, Now);
        if (state is OfferState.Accepted or OfferState.Cancelled or OfferState.Held)
        {
            Assert.Null(offer.Accept(Guid.CreateVersion7(), Now));
        }

        var refusal = state switch
        {
            OfferState.Offered or OfferState.Accepted => null,
            OfferState.Revoked => offer.Revoke("…", Now),
            OfferState.Cancelled => offer.Cancel("ByInstitution", Now),
            OfferState.Held => offer.Hold(Now),
            _ => offer.Decline(state.ToString(), null, Now),
        };
        Assert.Null(refusal);
        Assert.Equal(state, offer.State);
        return offer;
    }
}
