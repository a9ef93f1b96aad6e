{#
    Per site and stage the source that decides each teacher measure (declared counts, else the roster) and
    the cells behind it. Every site that must report leaves a row without a source cell: its amount is 0
    when some source answers and null when none does, so a gap keeps the school's sum missing.
#}

with

site_stages as (
    select * from {{ ref('int_site_stages_reported') }}
),

declared as (
    select * from {{ ref('int_staff_declared') }}
),

listed as (
    select * from {{ ref('int_staff_listed') }}
),

rosters as (
    select distinct
        school_year,
        school_code as site_code
    from {{ ref('int_teachers_current') }}
),

staff_measures as (
    select measure from {{ ref('measures') }}
    where kind = 'measure' and dataset = 'staff_counts'
),

declared_keys as (
    select distinct
        school_year,
        site_code,
        stage,
        measure
    from declared
),

listed_keys as (
    select
        school_year,
        site_code,
        stage,
        measure,
        bool_and(amount is not null) as is_known
    from listed
    group by school_year, site_code, stage, measure
),

wanted as (
    select
        site_stages.*,
        staff_measures.measure,
        {{ parameter('teacher_source', 'text_value') }} as preferred
    from site_stages
    cross join staff_measures
),

chosen as (
    select
        wanted.school_year,
        wanted.school_code,
        wanted.site_code,
        wanted.stage,
        wanted.measure,
        wanted.is_needed and coalesce(wanted.students, 1) > 0 as is_needed,
        declared_keys.measure is not null as has_declared,
        rosters.site_code is not null and coalesce(listed_keys.is_known, true) as has_listed,
        case
            when has_listed and (wanted.preferred = 'roster' or not has_declared) then 'roster'
            when has_declared then 'declared'
        end as input_source
    from wanted
    left join declared_keys using (school_year, site_code, stage, measure)
    left join rosters using (school_year, site_code)
    left join listed_keys using (school_year, site_code, stage, measure)
),

cells as (
    select
        'declared' as input_source,
        *
    from declared
    union all by name
    select
        'roster' as input_source,
        *
    from listed
),

final as (
    select
        school_year,
        school_code,
        site_code,
        stage,
        measure,
        input_source,
        cells.* exclude (school_year, site_code, stage, measure, input_source)
    from chosen
    inner join cells using (school_year, site_code, stage, measure, input_source)
    union all by name
    select
        school_year,
        school_code,
        site_code,
        stage,
        measure,
        input_source,
        measure as field,
        case when input_source is not null then 0.0 end as amount
    from chosen
    where is_needed or input_source is not null
)

select * from final
