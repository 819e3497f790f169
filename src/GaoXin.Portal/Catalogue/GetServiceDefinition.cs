using GaoXin.Portal.Kernel;

namespace GaoXin.Portal.Catalogue;

/// <summary>The version of a service in force today, or the named <see cref="Version"/>. Null when there is none.</summary>
[ForAnyone]
public sealed record GetServiceDefinition(string Code, int? Version = null) : IQuery<ServiceDefinition?>;

/// <summary>The rule set in force on a day. Null when there is none.</summary>
[ForAnyone]
public sealed record GetRuleSet(string Code, DateOnly On) : IQuery<RuleSet?>;

/// <summary>The legal working-day calendar as loaded. Cached; a new version follows an import.</summary>
[ForAnyone]
public sealed record GetWorkingCalendar : IQuery<WorkingCalendar>;
