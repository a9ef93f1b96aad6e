with

sites as (
    select * from {{ ref('int_sites_placed') }}
),

weights as (
    select * from {{ ref('stage_weights') }}
),

cells as (
    select * from {{ ref('int_cells_current') }}
    where dataset = 'conditions'
),

pupils as (
    select * from cells
    where field = 'students'
),

reporting as (
    select distinct
        school_year,
        school_code
    from cells
),

stages as (
    select
        sites.school_year,
        sites.school_code,
        weights.stage
    from sites
    inner join weights on sites.school_type = weights.school_type
    where weights.is_expected
    union
    select
        pupils.school_year,
        pupils.school_code,
        pupils.stage
    from pupils
    inner join sites on pupils.school_year = sites.school_year and pupils.school_code = sites.school_code
    where pupils.stage <> 'whole' and (pupils.value > 0 or sites.scope_rule is null)
),

counted as (
    select
        *,
        count(*) over (partition by school_year, school_code) as stage_count
    from stages
),

final as (
    select
        counted.school_year,
        sites.counted_code as school_code,
        counted.school_code as site_code,
        counted.stage,
        coalesce(own.value, case when counted.stage_count = 1 then whole.value end) as students,
        coalesce(case when own.value is null then whole.is_corrected else own.is_corrected end, false)
            as is_corrected,
        sites.counted_code = sites.school_code or reporting.school_code is not null as is_needed
    from counted
    inner join sites on counted.school_year = sites.school_year and counted.school_code = sites.school_code
    left join reporting on counted.school_year = reporting.school_year and counted.school_code = reporting.school_code
    left join pupils as own
        on counted.school_year = own.school_year
            and counted.school_code = own.school_code
            and counted.stage = own.stage
    left join pupils as whole
        on counted.school_year = whole.school_year
            and counted.school_code = whole.school_code
            and whole.stage = 'whole'
)

select * from final
