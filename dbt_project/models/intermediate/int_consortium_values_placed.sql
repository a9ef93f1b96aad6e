{#
    Each school's value of each measure in each period, with its consortiums and role; outside all of them the code is
    null. Examinations add their rows in `valued`.
#}

with

years as (
    select * from {{ ref('dim_school_year') }}
),

valued as (
    select
        figures.school_year,
        cast(figures.school_year as varchar) as period,
        figures.indicator_code as measure,
        figures.stage,
        figures.school_code,
        yardsticks.scale,
        figures.numerator,
        figures.denominator,
        figures.value,
        figures.previous_value,
        figures.status
    from {{ ref('fct_school_indicator') }} as figures
    inner join years
        on figures.school_year = years.school_year and figures.standard_code = years.default_standard_code
    inner join {{ ref('int_yardsticks_dated') }} as yardsticks
        on figures.standard_code = yardsticks.standard_code
            and figures.school_year = yardsticks.school_year
            and figures.stage = yardsticks.stage
            and figures.indicator_code = yardsticks.indicator_code
),

members as (
    select * from {{ ref('int_consortium_members_yearly') }}
),

final as (
    select
        valued.*,
        members.consortium_code,
        members.role
    from valued
    left join members on valued.school_year = members.school_year and valued.school_code = members.school_code
)

select * from final
