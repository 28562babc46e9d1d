using System.Globalization;
using SkillStation.Contracts;
using SkillStation.Platform.Http;

namespace SkillStation.Requests.Domain;

/// <summary>A person who asks for training.</summary>
internal sealed class Resident
{
    private readonly List<Consent> consents = [];

    private Resident()
    {
    }

    public Guid Id { get; private set; }
    public string Name { get; private set; } = "";
    public string Phone { get; private set; } = "";
    public string? IdNumber { get; private set; }
    public DateOnly? BornOn { get; private set; }
    public DateTimeOffset RegisteredAt { get; private set; }
    public int Version { get; private set; } = 1;
    public IReadOnlyList<Consent> Consents => consents;

    public string MaskedName => StringInfo.GetNextTextElement(Name) + new string('*', Math.Max(1, new StringInfo(Name).LengthInTextElements - 1));
    public string MaskedPhone => Phone[..3] + "****" + Phone[^4..];
    public string? MaskedIdNumber => IdNumber is null ? null : IdNumber[..4] + new string('*', 10) + IdNumber[^4..];

    public static (Resident? Resident, Refusal? Refusal) Register(
        Guid id, string name, string phone, string? idNumber, DateOnly? bornOn, IEnumerable<string> consents, DateOnly today, DateTimeOffset now)
    {
        if (!string.IsNullOrWhiteSpace(idNumber))
        {
            if (!Domain.IdNumber.TryRead(idNumber, out var normalised, out var birth))
            {
                return (null, ResidentRefusals.IdNumberInvalid);
            }

            idNumber = normalised;
            bornOn = birth;
        }
        else
        {
            idNumber = null;
        }

        if (bornOn is { } date && (date > today || date < today.AddYears(-120)))
        {
            return (null, ResidentRefusals.BirthDateImpossible);
        }

        var purposes = consents.ToList();
        if (!purposes.Contains(ConsentPurposes.HandleRequest))
        {
            return (null, ResidentRefusals.ConsentNeeded);
        }

        var resident = new Resident { Id = id, Name = name.Trim(), Phone = phone, IdNumber = idNumber, BornOn = bornOn, RegisteredAt = now };
        resident.consents.AddRange(purposes.Select(p => new Consent(p, now)));
        return (resident, null);
    }

    /// <summary>Whole years on a day; null when no date of birth is known.</summary>
    public int? AgeOn(DateOnly day) => BornOn is not { } born ? null : day.Year - born.Year - (day < born.AddYears(day.Year - born.Year) ? 1 : 0);

    public bool Agreed(string purpose) => consents.Any(c => c.Purpose == purpose && c.IsGranted);

    /// <summary>
    /// Notes that the resident asks for a course, which needs the consent to handle it. The version counts up, so that a request and the
    /// withdrawal of that consent cannot both pass unseen.
    /// </summary>
    public Refusal? AskForTraining()
    {
        if (!Agreed(ConsentPurposes.HandleRequest))
        {
            return RequestRefusals.ConsentNeeded;
        }

        Version++;
        return null;
    }

    public Refusal? Grant(string purpose, DateTimeOffset now)
    {
        if (Agreed(purpose))
        {
            return ResidentRefusals.NothingToChange;
        }

        consents.Add(new Consent(purpose, now));
        Version++;
        return null;
    }

    public Refusal? TakeBack(string purpose, bool hasOpenRequest, DateTimeOffset now)
    {
        if (consents.SingleOrDefault(c => c.Purpose == purpose && c.IsGranted) is not { } consent)
        {
            return ResidentRefusals.NothingToChange;
        }

        if (purpose == ConsentPurposes.HandleRequest && hasOpenRequest)
        {
            return ResidentRefusals.RequestStillOpen;
        }

        consent.TakeBack(now);
        Version++;
        return null;
    }
}

/// <summary>A resident's yes to one purpose, and when it was taken back.</summary>
internal sealed class Consent(string purpose, DateTimeOffset grantedAt)
{
    public string Purpose { get; private set; } = purpose;
    public DateTimeOffset GrantedAt { get; private set; } = grantedAt;
    public DateTimeOffset? WithdrawnAt { get; private set; }
    public bool IsGranted => WithdrawnAt is null;

    public void TakeBack(DateTimeOffset now) => WithdrawnAt = now;
}

internal static class ResidentRefusals
{
    public static readonly Refusal NotFound = Refusal.NotFound("resident-not-found", "没有找到这位居民。", "There is no such resident.");
    public static readonly Refusal IdNumberInvalid = Refusal.OfField("idNumber", "id-number-invalid", "身份证号码不对，请核对每一位。", "This ID number cannot be right; please check every digit.");
    public static readonly Refusal BirthDateImpossible = Refusal.OfField("bornOn", "birth-date-impossible", "出生日期不对。", "This date of birth cannot be right.");
    public static readonly Refusal ConsentNeeded = Refusal.OfField("consents", "consent-needed", "需要同意我们为办理点单使用您的信息。", "We need your consent to use your details for handling the request.");
    public static readonly Refusal PurposeNotFound = Refusal.NotFound("purpose-not-found", "没有这一项同意。", "There is no such consent.");
    public static readonly Refusal RequestStillOpen = new("request-still-open", "您还有正在办理的点单，办理它需要这项同意。请先撤回点单，或等它办完。", "A request of yours is still open and needs this consent. Withdraw the request first, or wait until it is done.");
    /// <summary>Not for people: the consent already stands as asked.</summary>
    public static readonly Refusal NothingToChange = new("nothing-to-change", "没有需要更改的内容。", "There is nothing to change.");
    public static readonly Refusal PhoneTaken = new("phone-already-registered", "这个手机号已经登记过，请直接使用原来的登记。", "This phone number is registered already; please use that registration.", Field: "phone");
    public static readonly Refusal IdNumberTaken = new("id-number-already-registered", "这个身份证号码已经登记过。", "This ID number is registered already.", Field: "idNumber");
}
