namespace GaoXin.Portal.Web.Hosting;

/// <summary>Whether this instance has finished its start; the readiness check of the load balancer reads it.</summary>
internal sealed class Readiness
{
    private volatile bool _ready;

    public bool IsReady => _ready;

    public void BecomeReady() => _ready = true;
}
