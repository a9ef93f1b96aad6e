{# Where pupils sat: exam, grade, school and class, with what the register says of the school. #}

with

listed as (
    select distinct
        place_id,
        sitting_id,
        exam_code,
        grade,
        school_year,
        school_code,
        class_name
    from {{ ref('int_exam_groups_current') }}
),

sites as (
    select * from {{ ref('int_sites_placed') }}
),

final as (
    select
        listed.*,
        cast(dense_rank() over (order by listed.school_code) as integer) as school_id,
        sites.township,
        sites.area_type
    from listed
    left join sites on listed.school_year = sites.school_year and listed.school_code = sites.school_code
)

select * from final
