using SkillStation.Acceptance.Domain;

namespace SkillStation.Acceptance.Tests;

public sealed class InstitutionOfferTests
{
    private static readonly DateTimeOffset Now = RunningService.Start;

    // Every state and every command: the new state, or the code of the refusal.
    private const string Table = """
                       accept                  decline                 return                  lapse                   revoke                  missTimetable           removeLearner
        Offered        Accepted                Declined                Returned                Lapsed                  Revoked                 offer-already-answered  Offered
        Forced         Accepted                offer-was-assigned      offer-was-assigned      Lapsed                  Revoked                 offer-already-answered  Offered
        Accepted       offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  Revoked                 NotScheduled            offer-already-answered
        Declined       offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered
        Returned       offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered
        Lapsed         offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered
        Revoked        offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered
        NotScheduled   offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered  offer-already-answered
        """;

    public static TheoryData<string, string, string> Rows => Tables.Read(Table);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Every_command_in_every_state(string state, string command, string expected)
    {
        var offer = In(state);
        var (before, version) = (offer.State, offer.Version);

        var refusal = Do(offer, command);

        Assert.Equal(expected, refusal?.Code ?? offer.State.ToString());
        Assert.Equal(refusal is null ? version + 1 : version, offer.Version);
        if (refusal is not null)
        {
            Assert.Equal(before, offer.State);
        }
    }

    private static Platform.Http.Refusal? Do(InstitutionOffer offer, string command) => command switch
    {
        "accept" => offer.Accept(Guid.CreateVersion7(), Now),
        "decline" => offer.Decline("NoRoom", null, Now),
        "return" => offer.Return("不是我们的工种", Now),
        "lapse" => offer.Lapse(Now),
        "revoke" => offer.Revoke(Now),
        "missTimetable" => offer.MissTimetable(Now),
        "removeLearner" => offer.RemoveLearner(offer.Learners[0].RequestId),
        _ => throw new ArgumentOutOfRangeException(nameof(command)),
    };

    private static InstitutionOffer In(string state)
    {
        var offer = Offer(forced: state == "Forced");
        string[] way = state switch
        {
            "Offered" or "Forced" => [],
            "Accepted" => ["accept"],
            "Declined" => ["decline"],
            "Returned" => ["return"],
            "Lapsed" => ["lapse"],
            "Revoked" => ["revoke"],
            _ => ["accept", "missTimetable"],
        };
        foreach (var step in way)
        {
            Assert.Null(Do(offer, step));
        }

        return offer;
    }

    internal static InstitutionOffer Offer(bool forced = false, int learners = 3) => InstitutionOffer.Receive(
        Guid.CreateVersion7(), Guid.CreateVersion7(), 1, "YC-001", "S-000", "440106", Scene.Level, "WeekdayDaytime", forced,
        Enumerable.Range(1, learners).Select(i => new OfferLearner { RequestId = Guid.CreateVersion7(), ResidentId = Guid.CreateVersion7(), QueuedAt = Now, Place = i, Needs = "" }), [], Now);
}

internal static class Tables
{
    /// <summary>Row head, column head and cell of a table drawn in text.</summary>
    public static TheoryData<string, string, string> Read(string table)
    {
        var lines = table.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)).ToList();
        var rows = new TheoryData<string, string, string>();
        foreach (var line in lines.Skip(1))
        {
            Assert.Equal(lines[0].Length + 1, line.Length);
            for (var i = 0; i < lines[0].Length; i++)
            {
                rows.Add(line[0], lines[0][i], line[i + 1]);
            }
        }

        return rows;
    }
}
