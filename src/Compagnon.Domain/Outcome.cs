namespace Compagnon.Domain;

/// <summary>An expected "no": something a person can be told and act on. Each stage names its own; impossible states throw instead.</summary>
public abstract record Refusal;

/// <summary>The thing is not there for this actor: missing, of another facility, or restricted. One answer for the three, so that nothing is given away.</summary>
public sealed record NotThere : Refusal;

/// <summary>Somebody else changed it in between; nothing was written.</summary>
public sealed record ChangedMeanwhile : Refusal;

/// <summary>What was typed does not hold. Keys are the command's property names, values are error keys the pages put into words.</summary>
public sealed record Invalid(IReadOnlyDictionary<string, string> Errors) : Refusal
{
    public static Invalid Field(string field, string error) => new(new Dictionary<string, string>(StringComparer.Ordinal) { [field] = error });
}

/// <summary>A use case's answer: done, with a value, or refused, with the reason.</summary>
public readonly record struct Outcome<T>
{
    private readonly T? value;
    private Outcome(T? value, Refusal? refusal) => (this.value, Refusal) = (value, refusal);

    public Refusal? Refusal { get; }
    public bool IsDone => Refusal is null;
    public T Value => Refusal is null ? value! : throw new InvalidOperationException($"Refused: {Refusal}");

    public static Outcome<T> Done(T value) => new(value, refusal: null);
    public static Outcome<T> Refused(Refusal refusal) => new(default, refusal);
    public static implicit operator Outcome<T>(T value) => Done(value);
    public static implicit operator Outcome<T>(Refusal refusal) => Refused(refusal);
}

/// <summary>Done, nothing to say.</summary>
public readonly record struct Done
{
    public static readonly Outcome<Done> Yes = Outcome<Done>.Done(default);
}
