using Compagnon.Domain.Privacy;

namespace Compagnon.Domain.Tests.Privacy;

public sealed class NameWordsTests
{
    [Theory]
    [InlineData("Fern", "Fernanda Ruiz")]
    [InlineData("naDIA b", "Nadia Benali")]
    [InlineData("Nadia B.", "Nadia Benali")]
    [InlineData("roy ghislaine", "Ghislaine Roy")]
    [InlineData("cote", "Anne-Marie Côté")]
    [InlineData("anne-marie", "Anne-Marie Côté")]
    [InlineData("AnneMarie C", "Anne-Marie Côté")]
    [InlineData("obrien", "Liam O’Brien")]
    public void BeginningsOfWords_InAnyOrder(string wanted, string name) => Assert.True(new NameWords(wanted).Fit(name));

    [Theory]
    [InlineData("adia", "Nadia Benali")]
    [InlineData("nadia c", "Nadia Benali")]
    [InlineData("?", "Nadia Benali")]
    [InlineData("Nadia", "")]
    public void AnythingElse_DoesNotFit(string wanted, string name) => Assert.False(new NameWords(wanted).Fit(name));
}
