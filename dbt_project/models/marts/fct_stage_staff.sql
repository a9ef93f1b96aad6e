with

scopes as (
    select * from {{ ref('int_scopes_decided') }}
    where in_scope
),

produced as (
    select * from {{ ref('int_measures_produced') }}
    where measure = 'full_time_teachers'
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

cells as (
    select * from {{ ref('int_cells_current') }}
    where dataset = 'conditions' and field = 'class_count'
),

classes as (
    select
        cells.school_year,
        sites.counted_code as school_code,
        cells.stage,
        case when bool_and(cells.value is not null) then sum(cells.value) end as class_count
    from cells
    inner join sites on cells.school_year = sites.school_year and cells.school_code = sites.school_code
    group by cells.school_year, sites.counted_code, cells.stage
),

final as (
    select
        scopes.school_year,
        scopes.school_code,
        scopes.stage,
        produced.amount as full_time_teachers,
        classes.class_count,
        produced.input_source
    from scopes
    left join produced
        on scopes.school_year = produced.school_year
            and scopes.school_code = produced.school_code
            and scopes.stage = produced.stage
    left join classes
        on scopes.school_year = classes.school_year
            and scopes.school_code = classes.school_code
            and scopes.stage = classes.stage
)

select * from final
