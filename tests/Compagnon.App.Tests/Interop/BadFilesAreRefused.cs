using System.Text;
using System.Text.Json.Nodes;
using Compagnon.Interop.Fhir;
using static Compagnon.App.Tests.Interop.Bundles;

namespace Compagnon.App.Tests.Interop;

public sealed class BadFilesAreRefused
{
    private static string Good => Of(Patient(more: ""","telecom":[{"system":"phone","value":"418-555-0102"}],"address":[{"city":"Québec"}],"communication":[{"language":{"text":"français"}}]"""),
        Condition(Breast, more: ""","onsetAge":{"value":40}"""), Procedure(Coded("367336001"), more: ""","reasonReference":[{"reference":"urn:uuid:c1"}]"""), Order(Said("tamoxifène")));

    private static async Task<Refused> Refusal(byte[] bytes) => Assert.IsType<Refused>(Assert.Single(await Reading.Bytes(bytes)));

    [Fact]
    public async Task Every_prefix_is_refused()
    {
        var whole = Encoding.UTF8.GetBytes(Good);
        Assert.IsType<Taken>(Assert.Single(await Reading.Bytes(whole)));
        for (var length = 0; length < whole.Length; length++)
            Assert.Equal(length == 0 ? RefusalReason.Empty : RefusalReason.Truncated, (await Refusal(whole[..length])).Reason);
    }

    [Fact]
    public async Task Prefixes_of_a_real_bundle_are_refused()
    {
        var whole = await File.ReadAllBytesAsync(SharedData.File("patients", "Librada"));
        var end = Array.LastIndexOf(whole, (byte)'}');
        var random = new Random(20261122);
        foreach (var length in Enumerable.Range(0, 40).Select(_ => random.Next(1, end)).Append(end).Append(64 * 1024).Append(64 * 1024 - 1))
            Assert.Equal(RefusalReason.Truncated, (await Refusal(whole[..length])).Reason);
    }

    [Theory]
    [InlineData("", RefusalReason.Empty)]
    [InlineData(" \n", RefusalReason.Empty)]
    [InlineData("<Bundle xmlns=\"http://hl7.org/fhir\"/>", RefusalReason.NotJson)]
    [InlineData("hello", RefusalReason.NotJson)]
    [InlineData("{\"resourceType\":\"Bundle\",}", RefusalReason.NotJson)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\"} {}", RefusalReason.NotJson)]
    [InlineData("[]", RefusalReason.NotABundle)]
    [InlineData("\"Bundle\"", RefusalReason.NotABundle)]
    [InlineData("{}", RefusalReason.NotABundle)]
    [InlineData("{\"resourceType\":\"Patient\",\"id\":\"1\"}", RefusalReason.NotABundle)]
    [InlineData("{\"resourceType\":\"Organization\",\"type\":[{\"text\":\"x\"}]}", RefusalReason.NotABundle)]
    [InlineData("{\"resourceType\":\"Bundle\"}", RefusalReason.Invalid)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"heap\"}", RefusalReason.Invalid)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":{}}", RefusalReason.Invalid)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[]}", RefusalReason.Invalid)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[1]}", RefusalReason.Invalid)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"type\":\"collection\"}", RefusalReason.Invalid)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":{\"id\":\"x\"}}]}", RefusalReason.Invalid)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"birthDate\":\"1950\",\"birthDate\":\"1960\"}}]}", RefusalReason.Invalid)]
    [InlineData("{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":[{\"resource\":{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"\\ud800\"}]}}]}", RefusalReason.Invalid)]
    public async Task Each_kind_of_wrong_has_its_reason(string text, RefusalReason reason) => Assert.Equal(reason, (await Reading.Refusal(text)).Reason);

    [Fact]
    public async Task The_line_is_told() => Assert.Equal(3, (await Reading.Refusal("{\n\"resourceType\": \"Bundle\",\n oops }")).Line);

    [Theory]
    [InlineData(""","birthDate":"1961-02-30" """, "birthDate", ElementProblem.BadDate)]
    [InlineData(""","birthDate":"le 3 mars" """, "birthDate", ElementProblem.BadDate)]
    [InlineData(""","birthDate":1961""", "birthDate", ElementProblem.WrongType)]
    [InlineData(""","gender":"F" """, "gender", ElementProblem.UnknownCode)]
    [InlineData(""","gender":null""", "gender", ElementProblem.WrongType)]
    [InlineData(""","deceasedBoolean":"true" """, "deceasedBoolean", ElementProblem.WrongType)]
    [InlineData(""","name":{"family":"Roy"}""", "name", ElementProblem.WrongType)]
    [InlineData(""","name":[]""", "name", ElementProblem.Empty)]
    [InlineData(""","communication":[{"preferred":true}]""", "communication[0].language", ElementProblem.Missing)]
    public async Task A_wrong_element_is_named(string element, string path, ElementProblem problem)
    {
        var refused = await Reading.Refusal(Of($$"""{"resourceType":"Patient","id":"p1"{{element}}}"""));
        Assert.Equal(new InvalidElement($"Bundle.entry[0].resource.ofType(Patient).{path}", problem), refused.Element);
    }

    [Fact]
    public async Task One_wrong_resource_refuses_the_whole_file() =>
        Assert.Equal(RefusalReason.Invalid, (await Reading.Refusal(Of(Patient(), Condition(Breast), Procedure(Coded("1"), "done")))).Reason);

    [Fact]
    public async Task What_is_not_read_may_be_wrong() =>
        Assert.IsType<Taken>(await Reading.One(Of(Patient(more: ""","photo":7,"_x":null"""), Condition(Breast), """{"resourceType":"Observation","id":"o","status":7}""")));

    [Fact]
    public async Task Deep_nesting_is_refused_where_it_stands()
    {
        var deep = new string('[', 5_000) + new string(']', 5_000);
        Assert.Equal(RefusalReason.TooDeep, (await Reading.Refusal(string.Concat(Enumerable.Repeat("{\"a\":", 5_000)))).Reason);
        Assert.Equal(RefusalReason.TooDeep, (await Reading.Refusal($$"""{"resourceType":"Bundle","x":{{deep}}}""")).Reason);
        Assert.Equal(RefusalReason.TooDeep, (await Reading.Refusal(Entries("collection", $$"""{"resource":{"resourceType":"Patient","extension":{{deep}} } }"""))).Reason);
        var nested = Enumerable.Range(0, 5).Aggregate(Of(Patient()), (inner, _) => Entries("collection", $$"""{"resource":{{inner}} }"""));
        Assert.Equal(RefusalReason.Invalid, (await Reading.Refusal(nested)).Reason);
    }

    [Fact]
    public async Task A_byte_order_mark_is_let_pass_and_other_encodings_are_not()
    {
        Assert.IsType<Taken>(Assert.Single(await Reading.Bytes((byte[])[.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Good)])));
        Assert.Equal(RefusalReason.Empty, (await Refusal([.. Encoding.UTF8.Preamble])).Reason);
        foreach (var encoding in (Encoding[])[Encoding.Unicode, Encoding.BigEndianUnicode, Encoding.UTF32])
        {
            Assert.Equal(RefusalReason.NotUtf8, (await Refusal([.. encoding.Preamble, .. encoding.GetBytes(Good)])).Reason);
            Assert.Equal(RefusalReason.NotUtf8, (await Refusal(encoding.GetBytes(Good))).Reason);
        }
        Assert.Equal(RefusalReason.NotUtf8, (await Refusal(Encoding.Latin1.GetBytes(Good))).Reason);
    }

    [Fact]
    public async Task Up_to_fifty_megabytes_is_read_and_one_byte_more_is_not()
    {
        var good = Encoding.UTF8.GetBytes(Good);
        var padded = new byte[BundleReader.MaximumBytes + 1];
        Array.Fill(padded, (byte)' ');
        good.CopyTo(padded, 0);
        Assert.IsType<Taken>(Assert.Single(await Reading.Bytes(padded.AsMemory(0, (int)BundleReader.MaximumBytes))));
        Assert.Equal(RefusalReason.TooLarge, (await Refusal(padded)).Reason);
    }

    [Fact]
    public async Task A_stream_that_never_ends_is_left_early_with_little_memory()
    {
        await using var endless = new Endless();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = Reading.Reader.ReadAsync(endless, TestContext.Current.CancellationToken);
        Assert.True(reading.IsCompleted, "the stream answers at once, so all was done on this thread");
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        var result = Assert.Single(await reading);
        Assert.Equal(RefusalReason.TooLarge, Assert.IsType<Refused>(result).Reason);
        Assert.InRange(endless.Given, BundleReader.MaximumBytes, BundleReader.MaximumBytes + 1024 * 1024);
        Assert.InRange(allocated, 0, 4L * 1024 * 1024);
    }

    [Fact]
    public async Task A_failing_disk_is_a_refusal() => Assert.Equal(RefusalReason.Unreadable, Assert.IsType<Refused>(Assert.Single(await Reading.Reader.ReadAsync(new Failing(), TestContext.Current.CancellationToken))).Reason);

    /// <summary>Every value of a good bundle, and of a real one, replaced by everything it should not be.</summary>
    [Fact]
    public async Task Whatever_stands_where_the_reader_always_answers()
    {
        string[] values = ["null", "true", "0", "-1e999", "\"\"", "\" \"", "\"x\"", "\"2020-99-99\"", "\"Patient/\"", "\"#\"", "\"Patient?identifier=%\"", "[]", "{}", "[null]", "[[]]", "[{}]", "{\"x\":1}", "{\"reference\":\"//\"}"];
        var paths = new List<string>();
        Paths(JsonNode.Parse(Good)!, paths);
        Assert.InRange(paths.Count, 60, 1000);
        var answers = new HashSet<Type>();
        foreach (var path in paths)
            foreach (var value in values)
                answers.Add((await Reading.Text(With(Good, path, value)))[0].GetType());
        Assert.Equal(3, answers.Count);
    }

    [Fact]
    public async Task Random_damage_never_throws()
    {
        var random = new Random(7);
        var good = Encoding.UTF8.GetBytes(Good);
        for (var i = 0; i < 5_000; i++)
        {
            var bytes = good.ToArray();
            for (var n = random.Next(1, 6); n > 0; n--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            Assert.NotEmpty(await Reading.Bytes(bytes));
        }
    }

    private static void Paths(JsonNode node, List<string> paths)
    {
        paths.Add(node.GetPath());
        if (node is JsonObject members) foreach (var (_, child) in members) Paths(child!, paths);
        if (node is JsonArray items) foreach (var child in items) Paths(child!, paths);
    }

    private static string With(string json, string path, string value)
    {
        var root = JsonNode.Parse(json)!;
        if (path == "$") return value;
        var at = root;
        JsonNode? parent = null;
        object? last = null;
        foreach (var part in path[1..].Split(['.', '[', ']'], StringSplitOptions.RemoveEmptyEntries))
        {
            parent = at;
            last = int.TryParse(part, System.Globalization.CultureInfo.InvariantCulture, out var index) && at is JsonArray ? index : part;
            at = last is int i ? at![i] : at![part];
        }
        if (last is int n) parent![n] = JsonNode.Parse(value);
        else parent![(string)last!] = JsonNode.Parse(value);
        return root.ToJsonString();
    }

    private sealed class Failing : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("the disk is gone");
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>A bundle of observations without end.</summary>
    private sealed class Endless : Stream
    {
        private static readonly byte[] start = Encoding.UTF8.GetBytes("""{"resourceType":"Bundle","type":"collection","entry":[""");
        private static readonly byte[] entry = Encoding.UTF8.GetBytes("""{"resource":{"resourceType":"Observation","status":"final","code":{"text":"x"}}},""");
        private readonly byte[] chunk = new byte[4096];
        public long Given { get; private set; }
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override int Read(byte[] buffer, int offset, int count)
        {
            for (var i = 0; i < count; i++, Given++) buffer[offset + i] = Given < start.Length ? start[Given] : entry[(Given - start.Length) % entry.Length];
            return count;
        }
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = Read(chunk, 0, Math.Min(buffer.Length, chunk.Length));
            chunk.AsMemory(0, read).CopyTo(buffer);
            return ValueTask.FromResult(read);
        }
        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
