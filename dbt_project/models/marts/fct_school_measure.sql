{#
    What each school has of each measure, stage by stage, before it is divided by pupils: the stage's own
    amount, and the whole-school amount of which it gets a share. Plans recompute the share when pupils change.
#}

with

school_stages as (
    select * from {{ ref('int_school_stages_merged') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

weights as (
    select * from {{ ref('stage_weights') }}
),

scopes as (
    select * from {{ ref('int_scopes_decided') }}
),

measures as (
    select measure from {{ ref('measures') }}
    where measure in (select numerator_measure from {{ ref('indicators') }})
        or measure in (select denominator_measure from {{ ref('indicators') }})
),

contributed as (
    select
        school_year,
        school_code,
        stage,
        measure,
        coalesce(sum(case when not is_split then amount end), 0) as own_amount,
        coalesce(sum(case when is_split then amount end), 0) as shared_amount
    from {{ ref('int_contributions_united') }}
    group by school_year, school_code, stage, measure
    having bool_and(amount is not null)
),

produced as (
    select * from {{ ref('int_measures_produced') }}
),

final as (
    select
        school_stages.school_year,
        school_stages.school_code,
        school_stages.stage,
        measures.measure,
        school_stages.students,
        weights.weight,
        school_stages.split_share,
        case when not coalesce(produced.is_negative, false) then contributed.own_amount end as own_amount,
        case when not coalesce(produced.is_negative, false) then contributed.shared_amount end as shared_amount,
        produced.amount,
        scopes.reason as scope_reason,
        coalesce(scopes.in_scope, false) as in_scope
    from school_stages
    inner join sites
        on school_stages.school_year = sites.school_year and school_stages.school_code = sites.school_code
    inner join weights
        on coalesce(sites.school_type, '其他') = weights.school_type and school_stages.stage = weights.stage
    cross join measures
    left join contributed
        on school_stages.school_year = contributed.school_year
            and school_stages.school_code = contributed.school_code
            and school_stages.stage = contributed.stage
            and measures.measure = contributed.measure
    left join produced
        on school_stages.school_year = produced.school_year
            and school_stages.school_code = produced.school_code
            and school_stages.stage = produced.stage
            and measures.measure = produced.measure
    left join scopes
        on school_stages.school_year = scopes.school_year
            and school_stages.school_code = scopes.school_code
            and school_stages.stage = scopes.stage
)

select * from final
