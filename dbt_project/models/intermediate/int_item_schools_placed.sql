{#
    Schools of the compulsory stages, one row a site and stage with pupils: what the items per school ask about
    them. The classes are those listed, else those declared; what neither tells is null.
#}

with

stages as (
    select * from {{ ref('int_site_stages_reported') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

cells as (
    select * from {{ ref('int_cells_current') }}
    where dataset = 'conditions' and field = 'class_count'
),

listed as (
    select
        school_year,
        school_code as site_code,
        stage,
        count(*) as classes
    from {{ ref('int_rolls_current') }}
    where dataset = 'classes'
    group by school_year, school_code, stage
),

counted as (
    select
        *,
        count(*) over (partition by school_year, site_code) as stage_count
    from stages
),

final as (
    select
        counted.school_year,
        counted.school_code,
        counted.site_code,
        counted.stage,
        counted.students,
        counted.is_needed,
        coalesce(parents.scope_rule, '') as scope_rule,
        listed.classes as listed_classes,
        coalesce(own.value, case when counted.stage_count = 1 then whole.value end) as declared_classes,
        coalesce(listed.classes, own.value, case when counted.stage_count = 1 then whole.value end) as classes
    from counted
    inner join sites on counted.school_year = sites.school_year and counted.site_code = sites.school_code
    left join sites as parents
        on counted.school_year = parents.school_year and counted.school_code = parents.school_code
    left join listed
        on counted.school_year = listed.school_year
            and counted.site_code = listed.site_code
            and counted.stage = listed.stage
    left join cells as own
        on counted.school_year = own.school_year
            and counted.site_code = own.school_code
            and counted.stage = own.stage
    left join cells as whole
        on counted.school_year = whole.school_year
            and counted.site_code = whole.school_code
            and whole.stage = 'whole'
    where
        counted.stage in ('primary', 'junior')
        and (counted.is_needed or listed.classes > 0)
        and coalesce(counted.students, 1) > 0
)

select * from final
