with

resources as (
    select * from {{ ref('int_resources_allocated') }}
),

staff as (
    select * from {{ ref('int_staff_counted') }}
),

site_stages as (
    select * from {{ ref('int_site_stages_reported') }}
),

pupil_cells as (
    select * from {{ ref('int_cells_current') }}
    where dataset = 'conditions' and field = 'students'
),

inputs as (
    select * from {{ ref('measure_inputs') }}
),

shared_measures as (
    select measure from {{ ref('measures') }}
    where is_shared
),

united as (
    select
        resources.* exclude (amount, original_value),
        inputs.measure,
        inputs.sign * resources.amount as amount,
        inputs.sign * resources.original_value as original_value,
        case when resources.amount is not null then 'declared' end as input_source
    from resources
    inner join inputs on resources.field = inputs.field
    inner join shared_measures on inputs.measure = shared_measures.measure
    where coalesce(inputs.stage, resources.stage) = resources.stage
    union all by name
    select
        *,
        1.0 as share,
        false as is_split
    from staff
    union all by name
    select
        site_stages.school_year,
        site_stages.school_code,
        site_stages.site_code,
        site_stages.stage,
        'students' as measure,
        'students' as field,
        site_stages.students as amount,
        1.0 as share,
        false as is_split,
        case when site_stages.students is not null then 'declared' end as input_source,
        cells.* exclude (school_year, school_code, stage, field, value, import_seq, replaces)
    from site_stages
    left join pupil_cells as cells
        on site_stages.school_year = cells.school_year
            and site_stages.site_code = cells.school_code
            and cells.value is not null
            and cells.stage in (site_stages.stage, 'whole')
    where site_stages.is_needed
    qualify row_number() over (
            partition by site_stages.school_year, site_stages.site_code, site_stages.stage
            order by cells.stage = 'whole'
        ) = 1
)

select * from united
