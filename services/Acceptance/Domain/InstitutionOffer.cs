using SkillStation.Platform.Http;

namespace SkillStation.Acceptance.Domain;

internal enum OfferState
{
    Offered,
    Accepted,
    Declined,
    Returned,
    Lapsed,
    Revoked,
    NotScheduled,
}

/// <summary>An offer as the institution answers it: it alone decides between accept, decline, return, lapse and revoke.</summary>
internal sealed class InstitutionOffer
{
    private readonly List<OfferLearner> learners = [];
    private readonly List<OfferReason> reasons = [];

    private InstitutionOffer()
    {
    }

    public Guid Id { get; private set; }
    public Guid PoolId { get; private set; }
    public int Attempt { get; private set; }
    public string InstitutionCode { get; private set; } = "";
    public string StationCode { get; private set; } = "";
    public string DistrictCode { get; private set; } = "";
    public string CourseCode { get; private set; } = "";
    public string TimePattern { get; private set; } = "";
    /// <summary>Assigned by the district: it cannot be declined.</summary>
    public bool Forced { get; private set; }
    public DateTimeOffset OfferedAt { get; private set; }
    public OfferState State { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }
    /// <summary>Decline code (O8); null otherwise.</summary>
    public string? Code { get; private set; }
    /// <summary>What the institution wrote; it never leaves this service.</summary>
    public string? Text { get; private set; }
    /// <summary>The class that came of it.</summary>
    public Guid? ClassId { get; private set; }
    public int Version { get; private set; } = 1;
    /// <summary>In the order of the queue.</summary>
    public IReadOnlyList<OfferLearner> Learners => [.. learners.OrderBy(l => l.Place)];
    public IReadOnlyList<OfferReason> Reasons => reasons;

    public static InstitutionOffer Receive(
        Guid id, Guid poolId, int attempt, string institutionCode, string stationCode, string districtCode, string courseCode, string timePattern, bool forced,
        IEnumerable<OfferLearner> learners, IEnumerable<OfferReason> reasons, DateTimeOffset at)
    {
        var offer = new InstitutionOffer
        {
            Id = id,
            PoolId = poolId,
            Attempt = attempt,
            InstitutionCode = institutionCode,
            StationCode = stationCode,
            DistrictCode = districtCode,
            CourseCode = courseCode,
            TimePattern = timePattern,
            Forced = forced,
            OfferedAt = at,
        };
        offer.learners.AddRange(learners);
        offer.reasons.AddRange(reasons);
        return offer;
    }

    public Refusal? Accept(Guid classId, DateTimeOffset now)
    {
        if (State != OfferState.Offered)
        {
            return OfferRefusals.Answered;
        }

        ClassId = classId;
        return Answer(OfferState.Accepted, now);
    }

    public Refusal? Decline(string code, string? text, DateTimeOffset now)
    {
        if (Open() is { } refusal)
        {
            return refusal;
        }

        (Code, Text) = (code, text);
        return Answer(OfferState.Declined, now);
    }

    /// <summary>Not meant for this institution.</summary>
    public Refusal? Return(string reason, DateTimeOffset now)
    {
        if (Open() is { } refusal)
        {
            return refusal;
        }

        Text = reason;
        return Answer(OfferState.Returned, now);
    }

    /// <summary>The time for an answer is over. An assigned offer lapses too: the learners must not wait for ever.</summary>
    public Refusal? Lapse(DateTimeOffset now) => State != OfferState.Offered ? OfferRefusals.Answered : Answer(OfferState.Lapsed, now);

    /// <summary>The station takes it back.</summary>
    public Refusal? Revoke(DateTimeOffset now) =>
        State is not (OfferState.Offered or OfferState.Accepted) ? OfferRefusals.Answered : Answer(OfferState.Revoked, now);

    /// <summary>Accepted, but no timetable came in time.</summary>
    public Refusal? MissTimetable(DateTimeOffset now) => State != OfferState.Accepted ? OfferRefusals.Answered : Answer(OfferState.NotScheduled, now);

    /// <summary>A learner withdrew before there was an answer.</summary>
    public Refusal? RemoveLearner(Guid requestId)
    {
        if (State != OfferState.Offered)
        {
            return OfferRefusals.Answered;
        }

        if (learners.RemoveAll(l => l.RequestId == requestId) > 0)
        {
            Version++;
        }

        return null;
    }

    private Refusal? Open() => State != OfferState.Offered ? OfferRefusals.Answered : Forced ? OfferRefusals.Assigned : null;

    private Refusal? Answer(OfferState state, DateTimeOffset now)
    {
        State = state;
        AnsweredAt = now;
        Version++;
        return null;
    }
}

/// <summary>One person of an offer.</summary>
internal sealed class OfferLearner
{
    public required Guid RequestId { get; init; }
    public required Guid ResidentId { get; init; }
    public required DateTimeOffset QueuedAt { get; init; }
    /// <summary>1 for the first in the queue.</summary>
    public required int Place { get; init; }
    /// <summary>Codes with semicolons between them.</summary>
    public required string Needs { get; init; }
}

/// <summary>Why this institution was asked.</summary>
internal sealed class OfferReason
{
    public required string Code { get; init; }
    public required string Chinese { get; init; }
    public required string English { get; init; }
}

internal static class OfferRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("offer-not-found", "没有找到这张派单。", "There is no such offer.");
    public static readonly Refusal Answered = new("offer-already-answered", "这张派单已经有结果，不能再改。", "This offer is settled already and cannot be changed.");
    public static readonly Refusal Assigned = new("offer-was-assigned", "这张派单由区里指定承接，不能拒绝或退回；如有困难请联系区人社局。", "The district assigned this offer, so it cannot be declined or returned. If there is a difficulty, please call the district bureau.");
    public static readonly Refusal CourseNotKnown = new("course-not-known-yet", "这门课的资料还在同步，请过一分钟再试。", "The details of this course are still on their way; please try again in a minute.");
    public static readonly Refusal TextNeeded = Refusal.OfField("text", "text-needed", "选“其他”时请写明原因。", "Please say why when you choose Other.");
}
