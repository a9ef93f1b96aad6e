with

scope as (
    select * from {{ ref('fct_school_scope') }}
    where in_scope
),

site_stages as (
    select * from {{ ref('int_site_stages_reported') }}
    where is_needed
),

cells as (
    select * from {{ ref('int_cells_current') }}
    where dataset = 'conditions' and field = 'class_count'
),

classes as (
    select * from {{ ref('int_rolls_current') }}
    where dataset = 'classes'
),

teachers as (
    select * from {{ ref('int_measures_produced') }}
    where measure = 'full_time_teachers'
),

rolls as (
    select
        school_year,
        school_code as site_code,
        stage,
        count(*) as classes,
        list(distinct grade) as grades
    from classes
    group by school_year, school_code, stage
),

single_stage as (
    select
        school_year,
        site_code,
        count(*) = 1 as has_one_stage
    from site_stages
    group by school_year, site_code
),

sites as (
    select
        site_stages.school_year,
        site_stages.school_code,
        site_stages.stage,
        coalesce(own.value, case when single_stage.has_one_stage then whole.value end, rolls.classes) as classes,
        rolls.grades
    from site_stages
    inner join single_stage using (school_year, site_code)
    left join rolls using (school_year, site_code, stage)
    left join cells as own
        on site_stages.school_year = own.school_year
            and site_stages.site_code = own.school_code
            and site_stages.stage = own.stage
    left join cells as whole
        on site_stages.school_year = whole.school_year
            and site_stages.site_code = whole.school_code
            and whole.stage = 'whole'
),

merged as (
    select
        school_year,
        school_code,
        stage,
        case when bool_and(classes is not null) then sum(classes) end as class_count,
        len(list_distinct(flatten(list(grades)))) as grade_count
    from sites
    group by school_year, school_code, stage
),

final as (
    select
        scope.school_year,
        scope.school_code,
        scope.stage,
        scope.students,
        cast(nullif(merged.grade_count, 0) as integer) as grade_count,
        cast(merged.class_count as double) as class_count,
        teachers.amount as full_time_teachers,
        scope.merged_sites
    from scope
    left join merged using (school_year, school_code, stage)
    left join teachers using (school_year, school_code, stage)
)

select * from final
