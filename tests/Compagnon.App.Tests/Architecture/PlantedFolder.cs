namespace Compagnon.App.Planted;

/// <summary>Stands in a folder of App's that is no stage and that nobody said to stand beside them: the guard must see it.</summary>
internal static class PlantedFolder;
