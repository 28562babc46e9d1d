using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace SkillStation.Platform.Http;

/// <summary>An expected "no": a stable code and a sentence in both languages. Surprises are exceptions; this is not one.</summary>
/// <param name="Code">Kebab-case, never changed once published.</param>
/// <param name="Chinese">What the reader is told.</param>
/// <param name="English">The same in English.</param>
/// <param name="Status">409 unless said otherwise.</param>
/// <param name="Field">The field of the body that it is about, in camel case; null when it is about the whole.</param>
public sealed record Refusal(string Code, string Chinese, string English, int Status = StatusCodes.Status409Conflict, string? Field = null)
{
    /// <summary>Nothing stands under this id, or not for this caller; the answer does not say which.</summary>
    public static Refusal NotFound(string code, string chinese, string english) => new(code, chinese, english, StatusCodes.Status404NotFound);

    /// <summary>A field that has the right form but cannot be right.</summary>
    public static Refusal OfField(string field, string code, string chinese, string english) =>
        new(code, chinese, english, StatusCodes.Status400BadRequest, field);

    /// <summary>The sentence in the reader's language.</summary>
    public string Sentence => Language.Pick(Chinese, English);

    /// <summary>As an RFC 9457 answer.</summary>
    public ProblemHttpResult AsProblem()
    {
        var extensions = new Dictionary<string, object?> { ["code"] = Code };
        if (Field is not null)
        {
            extensions["errors"] = new Dictionary<string, string[]> { [Field] = [Sentence] };
        }

        return TypedResults.Problem(Sentence, statusCode: Status, extensions: extensions);
    }
}

/// <summary>The reader's language: Chinese unless English was asked for.</summary>
public static class Language
{
    public static bool IsEnglish => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public static string Pick(string chinese, string english) => IsEnglish ? english : chinese;
}
