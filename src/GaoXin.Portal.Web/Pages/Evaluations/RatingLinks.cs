namespace GaoXin.Portal.Web.Pages.Evaluations;

/// <summary>Addresses of ratings.</summary>
public static class RatingLinks
{
    /// <summary>服务评价公开.</summary>
    public const string Home = "/evaluations";

    /// <summary>The signed-in person's own.</summary>
    public const string Mine = "/evaluations/mine";

    /// <summary>评价.</summary>
    public static string Rate(string token) => $"/evaluations/rate/{token}";

    /// <summary>追评.</summary>
    public static string FollowUp(string token) => $"/evaluations/follow-up/{token}";
}
