using Compagnon.Web.Access;
using Compagnon.Web.Components;
using Compagnon.Web.Words;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Compagnon.Web.Forms;

/// <summary>
/// The base of every page with a form. <typeparamref name="TInput"/> has only texts (<c>string?</c>), lists of texts, <see cref="DateText"/> and lists of rows of these: they always bind,
/// so nothing typed is lost. A page loads in <see cref="LoadAsync"/>, fills in beforehand in <see cref="PrefillAsync"/>, and reads and acts in
/// <see cref="SaveAsync"/>, which ends with <see cref="Go"/> when all went well. Every form passes here, so a refused token is dealt with once.
/// </summary>
public abstract class FormPage<TInput> : Compagnon.Web.Frame.Loaded, IForm
    where TInput : class, new()
{
    private readonly OrderedDictionary<string, string> _errors = new(StringComparer.Ordinal);

    [CascadingParameter] protected HttpContext Http { get; set; } = null!;

    [SupplyParameterFromForm(Name = "Input")] public TInput Input { get => field ??= new(); set; } = null!;

    [Inject] protected NavigationManager Navigation { get; set; } = null!;

    [Inject] protected IStringLocalizer<KitTexts> Kit { get; set; } = null!;

    [Inject] protected Formats F { get; set; } = null!;

    [Inject] protected EnumWords W { get; set; } = null!;

    [Inject] private HeldPosts Held { get; set; } = null!;

    /// <summary>Where loading already led a post.</summary>
    private string? _elsewhere;
    private bool _submitting;

    public IReadOnlyDictionary<string, string> Errors => _errors;

    public bool IsRestored { get; private set; }

    /// <summary>Whether anything was refused so far.</summary>
    protected bool Failed => _errors.Count > 0;

    protected bool Posted => HttpMethods.IsPost(Http.Request.Method);

    /// <summary>Becomes the id of what this post makes: the same when it is sent again, another when the same form says something else, so that neither is doubled nor lost.</summary>
    protected Guid NewId => FormKey.RowOf(Http);

    public async Task SubmitAsync()
    {
        _submitting = true;
        await Held.ForgetAsync(Http);
        if (_elsewhere is { } address)
        {
            Go(address);
            return;
        }
        if (Http.Items.ContainsKey(RefusedToken.Key))
        {
            Refuse("", Kit["Expired"]);
            return;
        }
        await SaveAsync();
    }

    public string? Typed(string field) => (string?)Of(field);

    public IReadOnlyList<string> TypedMany(string field) => (IReadOnlyList<string>?)Of(field) ?? [];

    public DateText TypedDate(string field) => (DateText?)Of(field) ?? new();

    protected sealed override async Task OnInitializedAsync()
    {
        await LoadAsync();
        if (Posted) return;
        await PrefillAsync();
        IsRestored = await Held.FillAsync(Http, Input);
    }

    /// <summary>What showing and saving both need; runs for GET and POST. After <see cref="Go"/> in here nothing is saved; after NotFound, saving must not find what it needs.</summary>
    protected virtual Task LoadAsync() => Task.CompletedTask;

    /// <summary>Puts what is already known into <see cref="Input"/>; runs for GET only.</summary>
    protected virtual Task PrefillAsync() => Task.CompletedTask;

    /// <summary>Reads every field, in the order of the page, returns if <see cref="Failed"/>, acts, and leaves with <see cref="Go"/>.</summary>
    protected abstract Task SaveAsync();

    /// <summary>Redirect after post. Nothing may follow it: it does not throw.</summary>
    protected void Go(string address)
    {
        // leaving at once would take the form away before the framework has found it, and answer with an error
        if (Posted && !_submitting) _elsewhere = address;
        else Navigation.NavigateTo(address);
    }

    /// <summary>The first message of a field stays. An empty name is about the whole form: an expected refusal of the use case, for example.</summary>
    protected void Refuse(string field, string message) => _errors.TryAdd(field, message);

    /// <summary>Trimmed text; "" with the message when it is missing.</summary>
    protected string Text(string field, string need, int max = 200) => OptionalText(field, max) ?? Missing(field, need) ?? "";

    protected string? OptionalText(string field, int max = 200)
    {
        var text = Typed(field)?.Trim();
        if (text?.Length > max) Refuse(field, Kit["TooLong", max, text.Length]);
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>Ten digits.</summary>
    protected string Telephone(string field, string need) => OptionalTelephone(field) ?? Missing(field, need) ?? "";

    protected string? OptionalTelephone(string field) => Read(field, Parse.Telephone, Kit[$"Telephone.{(Typed(field)?.Count(char.IsAsciiDigit) ?? 0) switch { 10 => "NoSuch", > 10 => "Longer", _ => "Bad" }}"]);

    protected string Email(string field, string need) => OptionalEmail(field) ?? Missing(field, need) ?? "";

    protected string? OptionalEmail(string field) => Read(field, Parse.Email, Kit["Email.Bad"]);

    protected int Whole(string field, string need, int min = int.MinValue, int max = int.MaxValue) =>
        OptionalWhole(field, min, max) ?? OrMissing<int>(field, need);

    protected int? OptionalWhole(string field, int min = int.MinValue, int max = int.MaxValue)
    {
        if (ReadValue(field, Parse.Whole, Kit["Whole.Bad"]) is not { } n) return null;
        if (n >= min && n <= max) return (int)n;
        Refuse(field, Kit["Number.Range", min, max]);
        return null;
    }

    protected decimal Number(string field, string need) => OptionalNumber(field) ?? OrMissing<decimal>(field, need);

    protected decimal? OptionalNumber(string field) => ReadValue(field, Parse.Number, Kit["Number.Bad"]);

    protected TimeOnly Time(string field, string need) => OptionalTime(field) ?? OrMissing<TimeOnly>(field, need);

    protected TimeOnly? OptionalTime(string field) => ReadValue(field, Parse.Time, Kit["Time.Bad"]);

    protected DateOnly Date(string field, string need) => OptionalDate(field) ?? OrMissing<DateOnly>(field, need);

    protected DateOnly? OptionalDate(string field)
    {
        var typed = TypedDate(field);
        if (typed.IsEmpty) return null;
        var date = Parse.Date(typed);
        if (date is null) Refuse(field, typed.Year?.Trim().Length is 4 ? Kit["Date.Bad"] : Kit["Date.Year"]);
        return date;
    }

    /// <summary>A member of an enum by its name, as the choices of <see cref="EnumWords.Options{T}"/> post it.</summary>
    protected T Choice<T>(string field, string need)
        where T : struct, Enum => OptionalChoice<T>(field) ?? OrMissing<T>(field, need);

    protected T? OptionalChoice<T>(string field)
        where T : struct, Enum => ReadValue(field, Member<T>, Kit["Choice.Bad"]);

    protected IReadOnlyList<T> Choices<T>(string field)
        where T : struct, Enum
    {
        var members = TypedMany(field).Select(Member<T>).ToList();
        if (members.Contains(null)) Refuse(field, Kit["Choice.Bad"]);
        return [.. members.OfType<T>().Distinct()];
    }

    protected Guid Id(string field, string need) => ReadValue(field, t => Guid.TryParse(t, out var id) ? id : (Guid?)null, Kit["Choice.Bad"]) ?? OrMissing<Guid>(field, need);

    /// <summary>« oui » or « non » of two radio buttons.</summary>
    protected bool YesOrNo(string field, string need) => ReadValue(field, t => t switch { "oui" => true, "non" => false, _ => (bool?)null }, Kit["Choice.Bad"]) ?? OrMissing<bool>(field, need);

    /// <summary>Whether a single box is ticked.</summary>
    protected bool Ticked(string field) => Typed(field) == "oui";

    private static T? Member<T>(string text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: false, out var m) && Enum.IsDefined(m) && !char.IsAsciiDigit(text[0]) && text[0] != '-' ? m : null;

    private object? Of(string field) => TypedPath.Of(Input, field);

    private string? Missing(string field, string need)
    {
        Refuse(field, need);
        return null;
    }

    private T OrMissing<T>(string field, string need)
        where T : struct
    {
        Refuse(field, need);
        return default;
    }

    private string? Read(string field, Func<string, string?> parse, string bad) =>
        OptionalText(field) is not { } text ? null : parse(text) ?? Missing(field, bad);

    private T? ReadValue<T>(string field, Func<string, T?> parse, string bad)
        where T : struct
    {
        if (OptionalText(field) is not { } text) return null;
        var value = parse(text);
        if (value is null) Refuse(field, bad);
        return value;
    }
}
