with

answers as (
    select
        stated.school_year,
        stated.respondents,
        coalesce(stated.school_ref, '') as school_ref,
        resolved.school_code,
        nullif(stated.consortium_code, '') as consortium_code,
        stated.issued,
        stated.responses,
        stated.satisfied
    from {{ ref('stg_satisfaction') }} as stated
    left join {{ ref('int_school_references_resolved') }} as resolved
        on stated.school_year = resolved.school_year and stated.school_ref = resolved.school_ref
),

members as (
    select * from {{ ref('int_consortium_members_yearly') }}
),

scoped as (
    select
        *,
        'school' as scope,
        school_code as scope_code,
        1 as tier
    from answers
    where school_code is not null
    union all by name
    select
        *,
        'consortium' as scope,
        consortium_code as scope_code,
        1 as tier
    from answers
    where consortium_code is not null and school_code is null
    union all by name
    select
        answers.*,
        'consortium' as scope,
        members.consortium_code as scope_code,
        2 as tier
    from answers
    inner join members
        on answers.school_year = members.school_year and answers.school_code = members.school_code
    union all by name
    select
        *,
        'county' as scope,
        '' as scope_code,
        case when school_code is not null then 2 when consortium_code is not null then 3 else 1 end as tier
    from answers
),

summed as (
    select
        school_year,
        scope,
        scope_code,
        respondents,
        tier,
        sum(issued) as issued,
        sum(responses) as responses,
        sum(satisfied) as satisfied
    from scoped
    group by school_year, scope, scope_code, respondents, tier
    qualify tier = min(tier) over (partition by school_year, scope, scope_code, respondents)
),

united as (
    select * from summed
    union all by name
    select
        school_year,
        scope,
        scope_code,
        'all' as respondents,
        sum(issued) as issued,
        sum(responses) as responses,
        sum(satisfied) as satisfied,
        max(tier) as tier
    from summed
    group by school_year, scope, scope_code
),

final as (
    select
        school_year,
        scope,
        scope_code,
        respondents,
        issued,
        responses,
        satisfied,
        satisfied / nullif(responses, 0) as satisfied_rate,
        responses / nullif(issued, 0) as response_rate,
        tier = 1 as is_stated
    from united
)

select * from final
