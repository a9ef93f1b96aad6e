{# The terms, years and spans of three years in which a consortium owes duties: from its founding to the last log. #}

with

members as (
    select * from {{ ref('int_consortium_members_placed') }}
),

activities as (
    select * from {{ ref('int_consortium_activities_counted') }}
),

consortiums as (
    select
        consortium_code,
        arg_max(kind, joined_on) as kind,
        arg_max(mode, joined_on) as mode,
        min(joined_on) as founded_on,
        max(last_day) as closed_on,
        {{ school_year_of('min(joined_on)') }} as first_year
    from members
    group by consortium_code
),

logged as (
    select
        max(school_year) as last_year,
        max(held_on) as last_held_on
    from activities
),

years as (
    select
        consortiums.*,
        cast(unnest(generate_series(first_year, logged.last_year)) as integer) as school_year
    from consortiums
    cross join logged
),

months as (
    select
        *,
        make_date(school_year + 1, cast({{ parameter('spring_term_month', row='years') }} as integer), 1) as spring_day
    from years
),

periods as (
    select
        *,
        unnest(['term', 'term', 'year', 'three_years']) as span,
        unnest([
            school_year || '-1',
            school_year || '-2',
            cast(school_year as varchar),
            case
                when (school_year - first_year) % 3 = 0 then format('{}-{}', school_year, school_year + 3)
            end
        ]) as term,
        unnest([
            make_date(school_year, 9, 1), spring_day, make_date(school_year, 9, 1), make_date(school_year, 9, 1)
        ]) as first_day,
        unnest([
            spring_day - 1,
            make_date(school_year + 1, 8, 31),
            make_date(school_year + 1, 8, 31),
            make_date(school_year + 3, 8, 31)
        ]) as last_day
    from months
),

reported as (
    select distinct
        periods.consortium_code,
        periods.term
    from periods
    inner join activities
        on periods.consortium_code = activities.consortium_code
            and activities.held_on between periods.first_day and periods.last_day
),

imports as (
    select cast(max(imported_at) as date) as known_on from {{ ref('stg_imports') }}
),

final as (
    select
        periods.consortium_code,
        periods.kind,
        periods.mode,
        periods.school_year,
        periods.span,
        periods.term,
        cast(periods.first_day as date) as first_day,
        cast(periods.last_day as date) as last_day,
        greatest(cast(periods.first_day as date), periods.founded_on) as as_at,
        coalesce(periods.last_day >= imports.known_on, false) as is_in_progress,
        reported.consortium_code is not null as is_reported
    from periods
    cross join imports
    cross join logged
    left join reported on periods.consortium_code = reported.consortium_code and periods.term = reported.term
    where periods.term is not null
        and periods.founded_on <= periods.last_day
        and periods.closed_on >= periods.first_day
        and periods.first_day <= logged.last_held_on
)

select * from final
