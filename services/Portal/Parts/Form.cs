using Microsoft.Extensions.Primitives;
using SkillStation.Portal.Clients;
using SkillStation.Portal.Session;

namespace SkillStation.Portal.Parts;

/// <summary>
/// What was typed into the form of this page, and what is wrong with it. The fields of a form find their value and their error here by
/// their name, which is also the field's name in the body of the service's API.
/// </summary>
public sealed class Form
{
    private readonly Dictionary<string, StringValues> values = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, string>> errors = [];

    /// <summary>There is something to say that was not there when the page was drawn.</summary>
    internal event Action? Changed;

    /// <summary>Whether the values are those that were typed before a session ended.</summary>
    public bool WasKept { get; private set; }

    /// <summary>What is wrong, in the order in which it was found.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Errors => errors;

    /// <summary>What is wrong with the whole; null when nothing is, or only with fields.</summary>
    public string? Failure { get; private set; }

    public bool IsWrong => errors.Count > 0 || Failure is not null;

    /// <summary>The value of a field; empty text when there is none.</summary>
    public string this[string name] => values.TryGetValue(name, out var value) ? value.ToString().Trim() : "";

    /// <summary>All values of a field of which several can be chosen.</summary>
    public IReadOnlyList<string> All(string name) => values.TryGetValue(name, out var value) ? [.. value.OfType<string>().Where(v => v.Length > 0)] : [];

    /// <summary>The value, or null when nothing was typed.</summary>
    public string? Given(string name) => this[name] is { Length: > 0 } value ? value : null;

    public int? Number(string name) => int.TryParse(this[name], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;

    public string? ErrorOf(string name) => errors.FirstOrDefault(e => e.Key == name).Value;

    /// <summary>What a field shows before anybody has typed.</summary>
    public void Start(string name, params string?[] value)
    {
        if (!posted && !values.ContainsKey(name))
        {
            values[name] = value;
        }
    }

    /// <summary>Sets a field, whatever was typed.</summary>
    public void Set(string name, string value) => values[name] = value;

    public void Wrong(string field, string sentence)
    {
        if (ErrorOf(field) is null)
        {
            errors.Add(new(field, sentence));
            Changed?.Invoke();
        }
    }

    public void Fail(string sentence)
    {
        Failure ??= sentence;
        Changed?.Invoke();
    }

    /// <summary>True when the service took it; otherwise its words stand at the fields that they are about, or above the form.</summary>
    /// <param name="fields">The fields that the form shows; what is said about another stands above.</param>
    public bool Accepts(Answer answer, params string[] fields)
    {
        if (answer.Problem is not { } problem)
        {
            return true;
        }

        foreach (var (field, sentence) in problem.Fields)
        {
            var shown = fields.Length == 0 ? field : fields.FirstOrDefault(f => field == f || field.StartsWith(f + ".", StringComparison.Ordinal) || field.StartsWith(f + "[", StringComparison.Ordinal));
            if (shown is null)
            {
                Fail(sentence);
            }
            else
            {
                Wrong(shown, sentence);
            }
        }

        if (errors.Count == 0)
        {
            Fail(problem.Sentence);
        }

        return false;
    }

    private bool posted;

    internal static Form Of(HttpContext context)
    {
        if (context.Items[typeof(Form)] is Form form)
        {
            return form;
        }

        form = new Form();
        context.Items[typeof(Form)] = form;
        if (HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType)
        {
            form.posted = true;
            foreach (var (name, value) in context.Request.Form)   // read and checked before the page began
            {
                form.values[name] = value;
            }
        }

        return form;
    }

    /// <summary>Before the page begins: what waits for it from before a log-in.</summary>
    internal static async Task Prepare(HttpContext context)
    {
        if (HttpMethods.IsGet(context.Request.Method) && await KeptForms.Take(context) is { } kept)
        {
            var form = Of(context);
            form.WasKept = true;
            form.posted = true;
            foreach (var (name, value) in kept)
            {
                form.values[name] = value;
            }
        }
    }
}
